package org.postern.events.mail;

import java.time.Instant;
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
 */
public record MailRendered(
        MessageId messageId, Tenant tenant, ObjectReference rendition, int blocked, int trackers, Instant at)
        implements MailEvent {
    @Override
    public EventId id() {
        return EventId.of(messageId, "mail.rendered", "1");
    }
}
