package org.postern.events.mail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.EventId;
import org.postern.events.MessageId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;

/**
 * A message was rendered so that reading it is harmless.
 *
 * @param rendition where the rendition lies
 * @param blocked how many references to remote content were blocked
 * @param trackers how many of them were there to track the reader
 * @param domains where they lead, at most {@value #MOST_DOMAINS} and those with most of them first; null where it was not told
 */
public record MailRendered(
        MessageId messageId,
        Tenant tenant,
        ObjectReference rendition,
        int blocked,
        int trackers,
        @Nullable List<RemoteDomain> domains,
        Instant at)
        implements MailEvent {
    /** How many domains are told of one message. */
    public static final int MOST_DOMAINS = 20;

    public MailRendered {
        domains = domains == null ? null : List.copyOf(domains);
    }

    /** One of which it is not told where its references lead. */
    public MailRendered(
            MessageId messageId, Tenant tenant, ObjectReference rendition, int blocked, int trackers, Instant at) {
        this(messageId, tenant, rendition, blocked, trackers, null, at);
    }

    @Override
    public EventId id() {
        return EventId.of(messageId, "mail.rendered", "1");
    }
}
