package org.postern.store.s3;

import java.io.IOException;
import java.util.Optional;
import org.postern.store.ObjectCorruptException;
import org.postern.store.RotationResult;
import org.postern.store.StoreException;
import org.postern.store.StoreUnavailableException;
import org.postern.store.sealing.ObjectSealing;

/** Wraps the data keys of all objects of a bucket with the newest key, as the filesystem adapter does in its folder. */
final class BucketKeyRotation {
    private final Bucket bucket;
    private final ObjectSealing sealing;

    BucketKeyRotation(Bucket bucket, ObjectSealing sealing) {
        this.bucket = bucket;
        this.sealing = sealing;
    }

    RotationResult run() throws StoreException {
        RotationResult[] all = {RotationResult.NONE};
        try {
            ObjectPlace.visit(
                    bucket, ObjectPlace.Part.KEY, (place, writtenAt) -> all[0] = all[0].plus(wrapAnew(place)));
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreUnavailableException("not all keys of the store can be read and written", e);
        }
        return all[0];
    }

    private RotationResult wrapAnew(ObjectPlace place) throws StoreException {
        Optional<byte[]> document = bucket.read(place.key());
        if (document.isEmpty()) {
            // Erased meanwhile.
            return RotationResult.NONE;
        }
        try {
            Optional<byte[]> wrapped = sealing.wrappedAnew(document.get(), place.tenant(), place.id());
            if (wrapped.isEmpty()) {
                return RotationResult.CURRENT;
            }
            bucket.put(place.key(), wrapped.get());
        } catch (ObjectCorruptException e) {
            return RotationResult.UNREADABLE;
        }
        // Who erases takes the key, the body, and the key once more: one of the two of us sees what the other did.
        if (!bucket.exists(place.body())) {
            bucket.delete(place.key());
            return RotationResult.NONE;
        }
        return RotationResult.WRAPPED;
    }
}
