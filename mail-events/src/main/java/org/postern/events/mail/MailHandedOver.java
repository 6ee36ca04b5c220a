package org.postern.events.mail;

import java.time.Instant;
import java.util.List;
import org.postern.events.EventId;
import org.postern.events.MessageId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;

/**
 * The answer about a message was really sent to whoever brought it. Judged is not delivered; this is.
 *
 * @param revision the judgement that was answered with
 * @param path by which the answer went
 * @param object the body, for whoever prepares its rendition
 * @param recipients what was answered for each recipient
 */
public record MailHandedOver(
        MessageId messageId,
        Tenant tenant,
        int revision,
        MailPath path,
        ObjectReference object,
        List<RecipientOutcome> recipients,
        Instant at)
        implements MailEvent {
    public MailHandedOver {
        recipients = List.copyOf(recipients);
    }

    @Override
    public EventId id() {
        return EventId.of(messageId, "mail.handed-over", "revision-" + revision);
    }
}
