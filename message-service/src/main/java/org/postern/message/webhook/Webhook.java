package org.postern.message.webhook;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postern.events.Tenant;
import org.postern.events.codec.Topic;

/**
 * An endpoint that is told of events.
 *
 * @param url where; may hold a secret of the receiver
 * @param topics of which events, one at least
 * @param secretVersion which secret signs, rising
 * @param previousUntil until when the secret before it signs too; null where it does not
 * @param suspendedAt since when nothing is sent and nothing is kept for it; null where it is in force
 * @param suspension why it is suspended
 * @param failures how many tries in a row went wrong
 * @param restUntil until when it is left alone; null where it is not
 */
public record Webhook(
        Tenant tenant,
        UUID id,
        String url,
        Set<Topic> topics,
        Instant createdAt,
        int secretVersion,
        @Nullable Instant previousUntil,
        @Nullable Instant suspendedAt,
        @Nullable Suspension suspension,
        int failures,
        @Nullable Instant restUntil) {
    public Webhook {
        topics = Set.copyOf(topics);
    }

    /** One that begins now. */
    public static Webhook begin(Tenant tenant, String url, Set<Topic> topics, Instant now) {
        return new Webhook(tenant, UUID.randomUUID(), url, topics, now, 1, null, null, null, 0, null);
    }

    /** Whether it is to be told of events of that topic which were told at that time. */
    public boolean wants(Topic topic, Instant at) {
        return suspendedAt == null && topics.contains(topic) && !at.isBefore(createdAt);
    }

    /** Whether the secret before this one signs too. */
    public boolean signsTwice(Instant now) {
        return previousUntil != null && now.isBefore(previousUntil);
    }

    /** Why a webhook is suspended. */
    public enum Suspension {
        /** The endpoint answered 410: it is not there any more. */
        GONE("gone"),
        /** More events wait for it than are kept. */
        TOO_MANY_WAITING("too-many-waiting");

        private final String word;

        Suspension(String word) {
            this.word = word;
        }

        /** The word of it. */
        public String word() {
            return word;
        }
    }

    /** Without the URL, which may hold a secret. */
    @Override
    public String toString() {
        return "Webhook[" + tenant + "/" + id + "]";
    }
}
