package org.postern.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.store.CacheSpace;
import org.postern.store.MeasuredInputStream;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;
import org.postern.store.RotationResult;
import org.postern.store.SharedCache;
import org.postern.store.StoreException;
import org.postern.store.StoreInventory;
import org.postern.store.StoreKey;
import org.postern.store.StoreUnavailableException;
import org.postern.store.StoredObject;
import org.postern.store.VerifiedInputStream;
import org.postern.store.sealing.ObjectSealing;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Objects in a bucket, two each, as the filesystem adapter has files ({@link ObjectPlace}). An object is there exactly when
 * its key is: that is written last and removed first, and S3 shows what was written at once and as a whole or not at all.
 *
 * <p>A body is encrypted into a file of the machine first and sent from there with its length known, as one request that
 * can be repeated: neither the heap nor parts of a half-sent upload hold any of it.
 */
public final class S3MessageStore implements MessageStore, StoreInventory, AutoCloseable {
    private final Bucket bucket;
    private final StoreKey key;
    private final ObjectSealing sealing;
    private final Path scratch;

    private S3MessageStore(Bucket bucket, StoreKey key, Path scratch) {
        this.bucket = bucket;
        this.sealing = new ObjectSealing(key);
        this.key = key;
        this.scratch = scratch;
    }

    /**
     * A store in that bucket, with the credentials of the environment.
     *
     * @param key the installation's keys, the newest first
     * @param scratch a folder for encrypted bodies on their way
     * @throws StoreUnavailableException where the bucket cannot be asked, or keeps versions of what is erased
     */
    public static S3MessageStore open(S3Settings settings, StoreKey key, Path scratch) throws StoreException {
        return open(Bucket.connect(settings), key, scratch);
    }

    static S3MessageStore open(S3Settings settings, AwsCredentialsProvider credentials, StoreKey key, Path scratch)
            throws StoreException {
        return open(Bucket.connect(settings, credentials), key, scratch);
    }

    private static S3MessageStore open(Bucket bucket, StoreKey key, Path scratch) throws StoreException {
        boolean usable = false;
        try {
            bucket.refuseVersions();
            usable = true;
            return new S3MessageStore(bucket, key, scratch);
        } finally {
            if (!usable) {
                bucket.close();
            }
        }
    }

    /** A cache in the same bucket, under the same prefix. */
    public SharedCache cache(CacheSpace space) {
        return new BucketCache(bucket, space, key);
    }

    @Override
    public ObjectReference put(Tenant tenant, InputStream body, long limit) throws IOException {
        ObjectPlace place = new ObjectPlace(tenant, ObjectId.random());
        MeasuredInputStream measured = new MeasuredInputStream(body, limit);
        byte[] dataKey = ObjectSealing.newDataKey();
        boolean sent = false;
        boolean kept = false;
        try (ScratchFile file = ScratchFile.in(scratch, place.id())) {
            file.encrypt(measured, dataKey);
            ObjectReference reference = new ObjectReference(tenant, place.id(), measured.hash(), measured.count());
            sent = true;
            bucket.put(place.body(), file.path());
            bucket.put(place.key(), sealing.keyDocument(dataKey, reference));
            kept = true;
            return reference;
        } finally {
            if (sent && !kept) {
                eraseQuietly(tenant, place.id());
            }
        }
    }

    private void eraseQuietly(Tenant tenant, ObjectId id) {
        try {
            erase(tenant, id);
        } catch (StoreException e) {
            // Without its key document the rest is unreadable bytes, swept later.
        }
    }

    @Override
    public InputStream open(ObjectReference reference) throws StoreException {
        ObjectPlace place = new ObjectPlace(reference.tenant(), reference.id());
        byte[] document = bucket.read(place.key())
                .orElseThrow(() -> new ObjectMissingException("there is no object " + reference.id(), null));
        byte[] dataKey = sealing.dataKey(document, reference);
        InputStream cipherText = bucket.open(place.body())
                .orElseThrow(() -> new ObjectMissingException("object " + reference.id() + " has no bytes", null));
        try {
            return new VerifiedInputStream(ObjectSealing.decrypting(cipherText, dataKey, reference.id()), reference);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreUnavailableException("object " + reference.id() + " cannot be opened", e);
        }
    }

    @Override
    public boolean erase(Tenant tenant, ObjectId id) throws StoreException {
        ObjectPlace place = new ObjectPlace(tenant, id);
        boolean was = bucket.exists(place.key());
        bucket.delete(place.key());
        boolean bytes = was || bucket.exists(place.body());
        bucket.delete(place.body());
        // A rotation of keys may have put it back meanwhile.
        bucket.delete(place.key());
        return bytes;
    }

    @Override
    public void visit(Instant before, Visitor visitor) throws IOException {
        ObjectPlace.visit(bucket, ObjectPlace.Part.KEY, (place, writtenAt) -> {
            if (writtenAt.isBefore(before)) {
                visitor.found(new StoredObject(place.tenant(), place.id(), writtenAt));
            }
        });
    }

    @Override
    public long eraseRemains(Instant before) throws StoreException {
        AtomicLong erased = new AtomicLong();
        try {
            ObjectPlace.visit(bucket, ObjectPlace.Part.BODY, (place, writtenAt) -> {
                if (writtenAt.isBefore(before) && !bucket.exists(place.key())) {
                    bucket.delete(place.body());
                    erased.incrementAndGet();
                }
            });
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreUnavailableException("what writes left behind cannot be erased", e);
        }
        return erased.get();
    }

    /**
     * Wraps the data keys of all objects with the newest key, so that older ones can go. It may run while the store is
     * used, may be stopped at any time, and goes on where it was when it is run again.
     *
     * @throws StoreUnavailableException where the bucket cannot be read or written
     */
    public RotationResult wrapKeysAnew() throws StoreException {
        return new BucketKeyRotation(bucket, sealing).run();
    }

    @Override
    public void close() {
        bucket.close();
    }
}
