package org.postern.events.mail;

import java.time.Instant;
import java.util.List;
import org.postern.events.EventId;
import org.postern.events.MalformedValueException;
import org.postern.events.MessageId;
import org.postern.events.Tenant;

/**
 * A message that was handed over as one to deliver has to be taken back: a later look at it found what the first did not.
 * Whoever delivered it moves its copies away from the reader.
 *
 * @param revision the judgement that says so
 * @param oldVerdict the scan verdict it was handed over with
 * @param newVerdict the scan verdict now
 * @param oldClass the class it was handed over with
 * @param newClass the class now
 * @param recipients those it has to be taken back from, one at least
 */
public record MailRecalled(
        MessageId messageId,
        Tenant tenant,
        int revision,
        ScanVerdict oldVerdict,
        ScanVerdict newVerdict,
        MailClass oldClass,
        MailClass newClass,
        List<RecalledRecipient> recipients,
        Instant at)
        implements MailEvent {
    public MailRecalled {
        recipients = List.copyOf(recipients);
        if (revision < 1) {
            throw new MalformedValueException("mail recalled", "revision must be 1 or more");
        }
    }

    @Override
    public EventId id() {
        return EventId.of(messageId, "mail.recalled", "revision-" + revision);
    }
}
