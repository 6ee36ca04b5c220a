package org.postern.store;

import java.io.IOException;
import java.time.Instant;

/** What lies in a store, for whoever looks after it. All methods block and may run beside everything else. */
public interface StoreInventory {
    /**
     * Visits every object that was written before that time, in no certain order. One that is erased meanwhile may be
     * visited or not.
     *
     * @throws StoreUnavailableException where the store cannot be read
     * @throws IOException where the visitor throws it
     */
    void visit(Instant before, Visitor visitor) throws IOException;

    /**
     * Erases what writes and erasures that were cut short left behind before that time: bytes without a key, which nobody
     * can ever read.
     *
     * @return how many
     * @throws StoreUnavailableException where the store cannot be read or written
     */
    long eraseRemains(Instant before) throws StoreException;

    /** Looks at objects. */
    @FunctionalInterface
    interface Visitor {
        void found(StoredObject object) throws IOException;
    }
}
