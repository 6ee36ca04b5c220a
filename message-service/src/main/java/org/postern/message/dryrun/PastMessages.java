package org.postern.message.dryrun;

import java.util.function.Consumer;
import org.postern.events.Tenant;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.ledger.MessageState;

/** The messages of the past. */
public interface PastMessages {
    /**
     * Goes through the judged messages of a tenant, the newest first, without holding more than a few at once. Blocks, and
     * throws {@link LedgerUnavailableException} when they are away.
     *
     * @param most how many at most
     */
    void newest(Tenant tenant, int most, Consumer<MessageState> each);
}
