package org.postern.message.judgement;

import java.time.Instant;
import java.util.List;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.ScanVerdict;

/**
 * What was decided about a message.
 *
 * @param revision 1 for the first judgement, rising
 * @param settled whether every required fact was definite
 * @param recipients in the order of the envelope
 */
public record Judgement(
        int revision,
        boolean settled,
        ScanVerdict verdict,
        MailClass mailClass,
        List<RecipientJudgement> recipients,
        Instant at) {
    public Judgement {
        recipients = List.copyOf(recipients);
    }

    /** Whether it says the same, whatever its revision and time. */
    boolean saysTheSameAs(Judgement other) {
        return settled == other.settled
                && verdict == other.verdict
                && mailClass == other.mailClass
                && recipients.equals(other.recipients);
    }
}
