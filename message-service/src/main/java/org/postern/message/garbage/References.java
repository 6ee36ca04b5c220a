package org.postern.message.garbage;

import java.util.Collection;
import java.util.Set;
import org.postern.events.ObjectId;

/** Who refers to objects of the store. Blocks. */
@FunctionalInterface
public interface References {
    /**
     * Those of the objects that are referred to. What cannot be found out is an exception, never an empty answer.
     *
     * @throws org.postern.message.LedgerUnavailableException where the database or the broker is away
     */
    Set<ObjectId> among(Collection<ObjectId> objects);
}
