package org.postern.message.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailRecalled;
import org.postern.events.mail.RecalledRecipient;
import org.postern.events.mail.RecipientOutcome;
import org.postern.message.judgement.Judgement;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.ledger.MessageState;

/** Tells when a message that was handed over as one to deliver has to be taken back. */
public final class Recall {
    private Recall() {}

    /**
     * What is to be taken back: from those for whom delivering was answered, not taken back before, and who are not to have
     * the message now. What was refused or held needs no recall, and what is not settled takes nothing back.
     *
     * @param judgement what the answer rested on
     * @param answered what was answered for each recipient, in the order of the envelope
     * @param before the judgement before the new one; null where the new one is the first since the answer
     * @param now the new judgement
     */
    public static Optional<MailRecalled> of(
            MessageState state,
            Judgement judgement,
            List<RecipientOutcome> answered,
            @Nullable Judgement before,
            Judgement now,
            Instant at) {
        if (!now.settled() || answered.size() != now.recipients().size()) {
            return Optional.empty();
        }
        List<RecalledRecipient> recalled = new ArrayList<>();
        for (int i = 0; i < answered.size(); i++) {
            RecipientOutcome told = answered.get(i);
            RecipientJudgement next = now.recipients().get(i);
            boolean takenBack =
                    before != null && isWithheld(before.recipients().get(i).disposition());
            if (reaches(told.disposition()) && isWithheld(next.disposition()) && !takenBack) {
                recalled.add(new RecalledRecipient(
                        told.recipient(), told.disposition(), next.disposition(), next.reasons()));
            }
        }
        return recalled.isEmpty()
                ? Optional.empty()
                : Optional.of(new MailRecalled(
                        state.id(),
                        state.tenant(),
                        now.revision(),
                        judgement.verdict(),
                        now.verdict(),
                        judgement.mailClass(),
                        now.mailClass(),
                        recalled,
                        at));
    }

    private static boolean reaches(Disposition disposition) {
        return switch (disposition) {
            case DELIVER, DELIVER_WITH_WARNING, JUNK -> true;
            case QUARANTINE, REJECT, DEFER -> false;
        };
    }

    private static boolean isWithheld(Disposition disposition) {
        return switch (disposition) {
            case QUARANTINE, REJECT -> true;
            case DELIVER, DELIVER_WITH_WARNING, JUNK, DEFER -> false;
        };
    }
}
