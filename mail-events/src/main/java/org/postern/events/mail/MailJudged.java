package org.postern.events.mail;

import java.time.Instant;
import java.util.List;
import org.postern.events.EventId;
import org.postern.events.MalformedValueException;
import org.postern.events.MessageId;
import org.postern.events.Tenant;

/**
 * A message was judged. A later judgement has a higher revision and replaces the earlier one.
 *
 * @param revision 1 for the first judgement, rising
 * @param settled whether every required fact was definite; a judgement that is not settled is interim
 * @param verdict the scan verdict it rests on
 * @param mailClass the assessment it rests on
 * @param recipients what is to be done for each recipient, in the order of the envelope
 */
public record MailJudged(
        MessageId messageId,
        Tenant tenant,
        int revision,
        boolean settled,
        ScanVerdict verdict,
        MailClass mailClass,
        List<RecipientOutcome> recipients,
        Instant at)
        implements MailEvent {
    public MailJudged {
        recipients = List.copyOf(recipients);
        if (revision < 1) {
            throw new MalformedValueException("mail judged", "revision must be 1 or more");
        }
    }

    @Override
    public EventId id() {
        return EventId.of(messageId, "mail.judged", "revision-" + revision);
    }
}
