package org.postern.events.mail;

import java.time.Instant;
import org.postern.events.EventId;
import org.postern.events.MessageId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;

/**
 * A message was taken in: its body is in the store, and from here on it will not be lost. The only event with personal
 * data; its topic is kept for 7 days.
 *
 * @param object where the body lies
 * @param path how it came in
 * @param receivedAt when the last byte of the body was here
 * @param deadline when the first judgement is due, whatever is known by then
 */
public record MailReceived(
        MessageId messageId,
        Tenant tenant,
        ObjectReference object,
        Envelope envelope,
        Client client,
        MailPath path,
        Instant receivedAt,
        Instant deadline)
        implements MailEvent {
    @Override
    public EventId id() {
        return EventId.of(messageId, "mail.received", "1");
    }
}
