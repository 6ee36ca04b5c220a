package org.postern.message.ledger;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;

/**
 * A message that was received, as it is read.
 *
 * @param receipt what was taken in
 * @param state what is known now
 * @param history its judgements, the oldest first
 */
public record MessageRecord(Receipt receipt, MessageState state, List<PastJudgement> history) {
    public MessageRecord {
        history = List.copyOf(history);
    }

    /** Whether that subject handed it in. */
    public boolean wasSubmittedBy(String subject) {
        return subject.equals(receipt.submitter());
    }

    /** Whether it is for that mailbox. */
    public boolean isFor(@Nullable MailAddress address) {
        return address != null
                && receipt.event().envelope().recipients().stream()
                        .anyMatch(recipient -> recipient.folded().equals(address.folded()));
    }

    /** Whether the newest judgement rests on definite facts and no answer with it was sent yet. */
    public boolean awaitsHandOver() {
        return state.judgement() != null
                && state.judgement().settled()
                && history.stream()
                        .filter(past -> past.revision()
                                == Objects.requireNonNull(state.judgement()).revision())
                        .noneMatch(PastJudgement::handedOver);
    }
}
