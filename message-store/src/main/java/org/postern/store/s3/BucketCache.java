package org.postern.store.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postern.store.CacheEntry;
import org.postern.store.CacheName;
import org.postern.store.CacheSpace;
import org.postern.store.ObjectCorruptException;
import org.postern.store.SharedCache;
import org.postern.store.StoreException;
import org.postern.store.StoreKey;
import org.postern.store.sealing.CacheSealing;

/** An object each, {@code <folder of the space>/<first two digits>/<name>}, as the filesystem adapter has files. */
final class BucketCache implements SharedCache {
    private static final int SHARD_DIGITS = 2;

    private final Bucket bucket;
    private final String folder;
    private final CacheSealing sealing;

    BucketCache(Bucket bucket, CacheSpace space, StoreKey key) {
        this.bucket = bucket;
        this.folder = space.folder() + "/";
        this.sealing = new CacheSealing(key);
    }

    @Override
    public Optional<byte[]> find(CacheName name) throws StoreException {
        Optional<byte[]> stored = bucket.read(place(name));
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(sealing.open(name, stored.get()));
        } catch (ObjectCorruptException e) {
            return Optional.empty();
        }
    }

    @Override
    public void keep(CacheName name, byte[] bytes) throws StoreException {
        bucket.put(place(name), sealing.seal(name, bytes));
    }

    @Override
    public long trim(Instant before, long most) throws StoreException {
        List<CacheEntry> all = new ArrayList<>();
        bucket.listUnder(folder, all::add);
        long left = all.stream().mapToLong(CacheEntry::size).sum();
        for (CacheEntry entry : CacheEntry.surplus(all, before, most)) {
            bucket.delete(entry.place());
            left -= entry.size();
        }
        return left;
    }

    private String place(CacheName name) {
        return folder + name.hex().substring(0, SHARD_DIGITS) + "/" + name.hex();
    }
}
