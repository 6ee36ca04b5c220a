package org.postern.message.desk;

import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;
import org.postern.message.ledger.MessageRecord;

/** What became of a message. */
public sealed interface Outcome {
    /** What a client is told whose message has no judgement yet. */
    String COME_AGAIN = "451 4.7.1 The message is being looked at; send it again later";

    /** It has a judgement. */
    record Judged(MessageRecord message) implements Outcome {}

    /**
     * It has none yet: it is to come again.
     *
     * @param id null where it was not even taken in
     * @param reply what the client is told
     */
    record Unjudged(@Nullable MessageId id, String reply) implements Outcome {}

    /**
     * It was held, and comes by with a pass on its way to its recipients.
     *
     * @param id as which it was first taken in
     */
    record Released(MessageId id) implements Outcome {}

    /** It is not taken in, whatever is tried. */
    record Refused(String reply) implements Outcome {}
}
