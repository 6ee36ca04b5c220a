package org.postern.events.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
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
 * @param direction which way it goes; null where it was not told, which reads as inbound
 * @param smtp what the mail server told of the session it came in by; null where it did not come from one
 */
public record MailReceived(
        MessageId messageId,
        Tenant tenant,
        ObjectReference object,
        Envelope envelope,
        Client client,
        MailPath path,
        Instant receivedAt,
        Instant deadline,
        @Nullable MailDirection direction,
        @Nullable SmtpSession smtp)
        implements MailEvent {
    /** A message of which the direction was not told, and that did not come from a mail server. */
    public MailReceived(
            MessageId messageId,
            Tenant tenant,
            ObjectReference object,
            Envelope envelope,
            Client client,
            MailPath path,
            Instant receivedAt,
            Instant deadline) {
        this(messageId, tenant, object, envelope, client, path, receivedAt, deadline, null, null);
    }

    /** Whether one of our own users sends it out. A direction that is not known is inbound: that is judged in full. */
    public boolean goesOut() {
        return direction == MailDirection.OUTBOUND;
    }

    @Override
    public EventId id() {
        return EventId.of(messageId, "mail.received", "1");
    }
}
