package org.postern.message.reception;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.postern.message.BrokerUnavailableException;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.ledger.Receipt;

/** The idempotency keys. Every method blocks and throws {@link LedgerUnavailableException} when they are away. */
public interface IntakeKeys {
    /**
     * Keeps a reservation, unless its key has one already.
     *
     * @param expiry a reservation made before this, and told, is none any more
     * @return the one that holds
     */
    Reservation reserve(Reservation wanted, Instant expiry);

    /**
     * Tells a reserved message unless it was told. One caller at a time does so for a key; a reservation whose telling fails
     * is given up.
     *
     * @param tell tells it, or throws {@link BrokerUnavailableException}
     * @return false where the reservation is gone
     */
    boolean tellOnce(Reservation reservation, Consumer<Receipt> tell);

    /**
     * Gives up reservations made before that time.
     *
     * @return the receipts of those whose message was neither told nor received: a process died in between, and nobody
     *     came again. Their bodies are nobody's.
     */
    List<Receipt> expire(Instant before);
}
