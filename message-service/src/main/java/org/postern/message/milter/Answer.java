package org.postern.message.milter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;
import org.postern.message.MessageRecord;
import org.postern.message.judgement.RecipientJudgement;

/**
 * What a mail server is told at the end of a message.
 *
 * @param word what it comes to, for the log
 * @param packets the changes, then the verdict
 * @param id null where the message was not taken in
 * @param handOver what is handed over once the answer was sent; null where it settles nothing
 */
record Answer(
        String word,
        List<Packet> packets,
        @Nullable MessageId id,
        @Nullable HandedOver handOver) {
    Answer {
        packets = List.copyOf(packets);
    }

    /** A message and what was answered for each of its recipients. */
    record HandedOver(MessageRecord message, List<RecipientJudgement> answered) {}

    static Answer temporary(String reply, @Nullable MessageId id) {
        return new Answer("put off", List.of(Reply.text(reply)), id, null);
    }

    static Answer refused(String reply) {
        return new Answer("refused", List.of(Reply.text(reply)), null, null);
    }
}
