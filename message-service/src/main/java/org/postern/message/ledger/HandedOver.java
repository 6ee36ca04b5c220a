package org.postern.message.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.RecipientOutcome;
import org.postern.message.judgement.Judgement;

/**
 * What was answered about a message.
 *
 * @param judgement what the answer rests on
 * @param answered what was really said for each recipient, in the order of the envelope; null where it was not noted, which
 *     reads as what the judgement says
 */
public record HandedOver(Judgement judgement, @Nullable List<RecipientOutcome> answered) {
    public HandedOver {
        answered = answered == null ? null : List.copyOf(answered);
    }
}
