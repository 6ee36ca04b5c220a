package org.postern.message.outlet;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.postern.events.EventId;
import org.postern.events.Tenant;
import org.postern.events.codec.Topic;

/**
 * An event as it was told on Kafka.
 *
 * @param id the same whenever the same event is told again
 * @param at when it was told
 * @param document the event as a JSON document (CloudEvents 1.0, structured mode), on one line
 */
public record ToldEvent(EventId id, Topic topic, Tenant tenant, Instant at, String document) {
    private static final Set<Topic> LEAVING = EnumSet.of(
            Topic.MAIL_SCANNED,
            Topic.MAIL_ASSESSED,
            Topic.MAIL_JUDGED,
            Topic.MAIL_HANDED_OVER,
            Topic.MAIL_RENDERED,
            Topic.MAIL_RECALLED,
            Topic.MAIL_RELEASED,
            Topic.MAIL_DELETED,
            Topic.MAIL_FEEDBACK,
            Topic.MAIL_AUDIT);

    /**
     * The topics whose events may leave the suite: those about mail without an address, a subject or a client. These are on
     * {@code mail.received.v1}, which stays. What leaves is what is on Kafka: the names of attachments are on
     * {@code mail.scanned.v1}.
     */
    public static Set<Topic> leaving() {
        return Set.copyOf(LEAVING);
    }

    /** Without what it says. */
    @Override
    public String toString() {
        return "ToldEvent[" + topic.topicName() + ", " + id + "]";
    }
}
