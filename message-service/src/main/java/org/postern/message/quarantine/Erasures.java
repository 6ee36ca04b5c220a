package org.postern.message.quarantine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.Tenant;

/** What is to be erased from the store. Every method blocks and throws {@code LedgerUnavailableException} when it is away. */
public interface Erasures {
    /**
     * Erases what is to be erased, one message in a transaction, and tells of it when it is done. What another replica has
     * in hand is passed over.
     *
     * @param only that message; null for the oldest of all
     * @param eraser erases the objects of one message; what it throws leaves them for the next time
     * @return how many were done
     */
    int erase(@Nullable MessageId only, int most, Eraser eraser);

    /**
     * Notes an object that was made of a message: it is erased with it.
     *
     * @return false where the message is deleted, so that nobody will ever erase the object
     */
    boolean noteDerived(Tenant tenant, MessageId id, ObjectId object);

    /** Messages that were kept for as long as the terms say. */
    List<Due> due(RetentionTerms terms, int most);

    /** Forgets tombstones, used passes, readers who were told of something, and acts, when nothing refers to them any more. */
    void forget(RetentionTerms terms);

    /** A message that is due. */
    record Due(Tenant tenant, MessageId id) {}

    /** Erases objects. */
    @FunctionalInterface
    interface Eraser {
        /** @throws org.postern.store.StoreException where the store is away */
        void erase(Tenant tenant, List<ObjectId> objects) throws org.postern.store.StoreException;
    }
}
