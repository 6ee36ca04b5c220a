package org.postern.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.postern.events.MalformedValueException;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.store.CacheSpace;
import org.postern.store.MeasuredInputStream;
import org.postern.store.MessageStore;
import org.postern.store.ObjectCorruptException;
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
 * Objects in a bucket, two each, as the filesystem adapter has files: {@code <tenant>/<first two digits>/<id>.body} and
 * {@code .key}. An object is there exactly when its key is: that is written last and removed first, and S3 shows what was
 * written at once and as a whole or not at all.
 *
 * <p>A body is encrypted into a file of the machine first and sent from there with its length known, as one request that
 * can be repeated: neither the heap nor parts of a half-sent upload hold any of it. What a crash leaves of such a file has
 * no key any more.
 */
public final class S3MessageStore implements MessageStore, StoreInventory, AutoCloseable {
    private static final int SHARD_DIGITS = 2;
    private static final String BODY = ".body";
    private static final String KEY = ".key";

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
        ObjectId id = ObjectId.random();
        MeasuredInputStream measured = new MeasuredInputStream(body, limit);
        byte[] dataKey = ObjectSealing.newDataKey();
        Path file = scratchFile(id);
        boolean sent = false;
        boolean kept = false;
        try {
            encrypt(measured, dataKey, id, file);
            ObjectReference reference = new ObjectReference(tenant, id, measured.hash(), measured.count());
            sent = true;
            bucket.put(path(tenant, id) + BODY, file);
            bucket.put(path(tenant, id) + KEY, sealing.keyDocument(dataKey, reference));
            kept = true;
            return reference;
        } finally {
            Files.deleteIfExists(file);
            if (sent && !kept) {
                eraseQuietly(tenant, id);
            }
        }
    }

    private Path scratchFile(ObjectId id) throws StoreException {
        try {
            return Files.createTempFile(
                    scratch,
                    id.value(),
                    BODY,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw unwritable(id, e);
        }
    }

    private static void encrypt(MeasuredInputStream body, byte[] dataKey, ObjectId id, Path file) throws IOException {
        OutputStream cipherText;
        try {
            cipherText = ObjectSealing.encrypting(
                    Channels.newOutputStream(FileChannel.open(file, Set.of(StandardOpenOption.WRITE))), dataKey, id);
        } catch (IOException e) {
            throw unwritable(id, e);
        }
        // Reading and writing fail for different reasons, which the caller must be able to tell apart.
        byte[] buffer = new byte[ObjectSealing.SEGMENT_BYTES];
        try {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                write(cipherText, buffer, n, id);
            }
        } finally {
            finish(cipherText, id);
        }
    }

    private static void write(OutputStream out, byte[] bytes, int length, ObjectId id) throws StoreException {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw unwritable(id, e);
        }
    }

    private static void finish(OutputStream cipherText, ObjectId id) throws StoreException {
        try {
            cipherText.close();
        } catch (IOException e) {
            throw unwritable(id, e);
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
        String path = path(reference.tenant(), reference.id());
        byte[] document = bucket.read(path + KEY)
                .orElseThrow(() -> new ObjectMissingException("there is no object " + reference.id(), null));
        byte[] dataKey = sealing.dataKey(document, reference);
        InputStream cipherText = bucket.open(path + BODY)
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
        String path = path(tenant, id);
        boolean was = bucket.exists(path + KEY);
        bucket.delete(path + KEY);
        boolean bytes = was || bucket.exists(path + BODY);
        bucket.delete(path + BODY);
        // A rotation of keys may have put it back meanwhile.
        bucket.delete(path + KEY);
        return bytes;
    }

    @Override
    public void visit(Instant before, Visitor visitor) throws IOException {
        each(KEY, (tenant, id, writtenAt) -> {
            if (writtenAt.isBefore(before)) {
                visitor.found(new StoredObject(tenant, id, writtenAt));
            }
        });
    }

    @Override
    public long eraseRemains(Instant before) throws StoreException {
        AtomicLong erased = new AtomicLong();
        try {
            each(BODY, (tenant, id, writtenAt) -> {
                if (writtenAt.isBefore(before) && !bucket.exists(path(tenant, id) + KEY)) {
                    bucket.delete(path(tenant, id) + BODY);
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
        RotationResult[] all = {RotationResult.NONE};
        try {
            each(KEY, (tenant, id, writtenAt) -> all[0] = all[0].plus(wrapAnew(tenant, id)));
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreUnavailableException("not all keys of the store can be read and written", e);
        }
        return all[0];
    }

    private RotationResult wrapAnew(Tenant tenant, ObjectId id) throws StoreException {
        String path = path(tenant, id);
        Optional<byte[]> document = bucket.read(path + KEY);
        if (document.isEmpty()) {
            // Erased meanwhile.
            return RotationResult.NONE;
        }
        try {
            Optional<byte[]> wrapped = sealing.wrappedAnew(document.get(), tenant, id);
            if (wrapped.isEmpty()) {
                return RotationResult.CURRENT;
            }
            bucket.put(path + KEY, wrapped.get());
        } catch (ObjectCorruptException e) {
            return RotationResult.UNREADABLE;
        }
        // Who erases takes the key, the body, and the key once more: one of the two of us sees what the other did.
        if (!bucket.exists(path + BODY)) {
            bucket.delete(path + KEY);
            return RotationResult.NONE;
        }
        return RotationResult.WRAPPED;
    }

    private interface Named {
        void found(Tenant tenant, ObjectId id, Instant writtenAt) throws IOException;
    }

    private void each(String ending, Named visitor) throws IOException {
        bucket.list((key, writtenAt) -> {
            String[] parts = key.split("/", -1);
            if (parts.length != 3 || !parts[2].endsWith(ending)) {
                return;
            }
            Tenant tenant;
            ObjectId id;
            try {
                tenant = Tenant.of(parts[0]);
                id = ObjectId.of(parts[2].substring(0, parts[2].length() - ending.length()));
            } catch (MalformedValueException e) {
                // Not one of ours.
                return;
            }
            visitor.found(tenant, id, writtenAt);
        });
    }

    private static String path(Tenant tenant, ObjectId id) {
        return tenant + "/" + id.value().substring(0, SHARD_DIGITS) + "/" + id;
    }

    private static StoreUnavailableException unwritable(ObjectId id, Exception cause) {
        return new StoreUnavailableException("object " + id + " cannot be written", cause);
    }

    @Override
    public void close() {
        bucket.close();
    }
}
