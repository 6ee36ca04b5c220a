package org.postern.message.reception;

import org.postern.events.MessageId;
import org.postern.message.ledger.Receipt;

/** What became of a message that a mail server handed in. */
public sealed interface Reception {
    /**
     * It is taken in.
     *
     * @param isNew whether that was now, and not before
     */
    record Taken(Receipt receipt, boolean isNew) implements Reception {}

    /**
     * It was held and is on its way from us to its recipients; nothing of this copy is kept.
     *
     * @param message as which it was first taken in
     */
    record Released(MessageId message) implements Reception {}
}
