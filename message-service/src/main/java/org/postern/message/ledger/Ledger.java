package org.postern.message.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.MailHandedOver;
import org.postern.message.LedgerUnavailableException;

/** Where the state of messages is kept. Every method blocks and throws {@link LedgerUnavailableException} when it is away. */
public interface Ledger {
    /**
     * Changes a message in one transaction, under its lock: what the change announces is published if, and only if, the
     * new state is kept. A message that was not known begins with {@link MessageState#unknown}.
     *
     * @param change may be called again when the transaction has to be repeated
     */
    void change(Tenant tenant, MessageId id, Function<MessageState, Change> change);

    /**
     * Changes messages that were received, are not judged and whose deadline is over, each in a transaction of its own.
     * Those that another replica has in hand are passed over.
     *
     * @param tooFar a deadline after that is over too: it was set by a clock that was ahead
     * @param most how many at most
     * @return how many there were
     */
    int changeOverdue(Instant now, Instant tooFar, int most, Function<MessageState, Change> change);

    /** A message that was received; empty where there is none of that tenant. */
    Optional<MessageRecord> find(Tenant tenant, MessageId id);

    /** Notes that an answer was sent, and announces it, once for each revision. */
    void handOver(MailHandedOver event, Receipt receipt);
}
