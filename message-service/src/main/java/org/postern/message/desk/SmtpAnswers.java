package org.postern.message.desk;

import java.util.ArrayList;
import java.util.List;
import org.postern.events.mail.Disposition;
import org.postern.message.judgement.Judgement;
import org.postern.message.judgement.RecipientJudgement;

/**
 * Turns the dispositions of a message's recipients into the one answer that SMTP has for all of them. The table is in
 * {@code docs/dispositions.md}.
 */
public final class SmtpAnswers {
    private final boolean hold;

    /** @param hold whether the mail server keeps what is quarantined for every recipient, in its own hold queue */
    public SmtpAnswers(boolean hold) {
        this.hold = hold;
    }

    /** The answer to a message that comes in. */
    public SmtpAnswer inbound(Judgement judgement) {
        List<RecipientJudgement> delivered = new ArrayList<>();
        List<RecipientJudgement> quarantined = new ArrayList<>();
        List<RecipientJudgement> refused = new ArrayList<>();
        for (RecipientJudgement recipient : judgement.recipients()) {
            switch (recipient.disposition()) {
                case DELIVER, DELIVER_WITH_WARNING, JUNK -> delivered.add(recipient);
                case QUARANTINE -> quarantined.add(recipient);
                case REJECT -> refused.add(recipient);
                case DEFER -> {
                    // At the end of the body SMTP cannot put one recipient off: all of them come again.
                    return new SmtpAnswer.ComeAgain();
                }
            }
        }
        if (quarantined.isEmpty() && delivered.isEmpty()) {
            return new SmtpAnswer.Refuse(refused);
        }
        List<RecipientJudgement> withheld = new ArrayList<>(quarantined);
        withheld.addAll(refused);
        return delivered.isEmpty()
                ? new SmtpAnswer.Keep(withheld, hold && refused.isEmpty())
                : new SmtpAnswer.Deliver(delivered, withheld);
    }

    /**
     * The answer to a message that one of our own users sends. It is kept or refused as any other, and never marked: junk
     * folders and warnings are those of the recipient.
     */
    public SmtpAnswer outbound(Judgement judgement) {
        return switch (inbound(judgement)) {
            case SmtpAnswer.Deliver deliver -> new SmtpAnswer.Deliver(plain(deliver.delivered()), deliver.withheld());
            case SmtpAnswer.Keep keep -> keep;
            case SmtpAnswer.Refuse refuse -> refuse;
            case SmtpAnswer.ComeAgain again -> again;
        };
    }

    /** What is answered in shadow mode, whatever was decided. */
    public static List<RecipientJudgement> plain(List<RecipientJudgement> recipients) {
        return recipients.stream()
                .map(recipient ->
                        new RecipientJudgement(recipient.recipient(), Disposition.DELIVER, recipient.reasons()))
                .toList();
    }
}
