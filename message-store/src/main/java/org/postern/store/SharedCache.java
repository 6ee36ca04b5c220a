package org.postern.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Small things beside the objects of a store that every replica finds by their names, and that can be made again: what is
 * damaged, or of a key that is gone, is as good as not there. Encrypted as objects are. All methods block and are safe for
 * use by many threads and processes.
 */
public interface SharedCache {
    /**
     * What is kept under a name, read at once; empty where there is nothing that can be read.
     *
     * @throws StoreUnavailableException where the store cannot be asked
     */
    Optional<byte[]> find(CacheName name) throws StoreException;

    /**
     * Keeps something, in place of what was there.
     *
     * @throws StoreUnavailableException where the store cannot be written; what was there may be there still
     */
    void keep(CacheName name, byte[] bytes) throws StoreException;

    /**
     * Takes away what was kept before a time, and of the rest the oldest until no more is left than that.
     *
     * @param most bytes, as they are stored
     * @return bytes that are left
     * @throws StoreUnavailableException where the store cannot be read or written
     */
    long trim(Instant before, long most) throws StoreException;
}
