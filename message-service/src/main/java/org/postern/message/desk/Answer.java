package org.postern.message.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.ledger.MessageRecord;

/**
 * What a mail server is told at the end of a message.
 *
 * @param word what it comes to, for the log and the metrics
 * @param id null where the message was not taken in
 * @param handOver what is handed over once the answer was sent; null where it settles nothing
 */
public record Answer(
        String word,
        Instruction instruction,
        @Nullable MessageId id,
        @Nullable HandedOver handOver) {
    /** A message and what was answered for each of its recipients. */
    public record HandedOver(MessageRecord message, List<RecipientJudgement> answered) {
        public HandedOver {
            answered = List.copyOf(answered);
        }
    }

    /** The message comes again. */
    public static Answer temporary(String reply, @Nullable MessageId id) {
        return new Answer("put off", new Instruction.Reply(reply), id, null);
    }

    /** The message is not taken in. */
    public static Answer refused(String reply) {
        return new Answer("refused", new Instruction.Reply(reply), null, null);
    }
}
