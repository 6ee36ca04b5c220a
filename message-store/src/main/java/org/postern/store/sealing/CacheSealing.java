package org.postern.store.sealing;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Random;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.postern.store.CacheName;
import org.postern.store.ObjectCorruptException;
import org.postern.store.StoreKey;

/**
 * The encryption of what is cached: a data key each, as objects have, but in one piece with the bytes (AES-256-GCM): the
 * format, 1; the key that wrapped the data key; the wrapped data key; the bytes. All of it is bound to its name.
 */
public final class CacheSealing {
    private static final byte FORMAT = 1;
    private static final int KEY_ID_BYTES = 16;
    private static final int DATA_KEY_BYTES = 32;
    private static final int LONGEST_WRAPPED = 1024;

    private final StoreKey key;

    /** @param key the installation's keys, the newest first */
    public CacheSealing(StoreKey key) {
        this.key = key;
    }

    /** What is to be stored under that name. */
    public byte[] seal(CacheName name, byte[] bytes) {
        byte[] dataKey = Random.randBytes(DATA_KEY_BYTES);
        byte[] keyId = key.currentId().getBytes(StandardCharsets.US_ASCII);
        byte[] wrapped = key.wrap(dataKey, associated(name));
        try {
            byte[] sealed = new AesGcmJce(dataKey).encrypt(bytes, associated(name));
            return ByteBuffer.allocate(1 + KEY_ID_BYTES + Short.BYTES + wrapped.length + sealed.length)
                    .put(FORMAT)
                    .put(keyId)
                    .putShort((short) wrapped.length)
                    .put(wrapped)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /**
     * What was sealed.
     *
     * @throws ObjectCorruptException where it was changed, is of another name, or of a key that is not ours
     */
    public byte[] open(CacheName name, byte[] stored) throws ObjectCorruptException {
        try {
            ByteBuffer in = ByteBuffer.wrap(stored);
            byte format = in.get();
            byte[] keyId = new byte[KEY_ID_BYTES];
            in.get(keyId);
            int length = in.getShort();
            if (format != FORMAT || length < 0 || length > LONGEST_WRAPPED) {
                throw new ObjectCorruptException("what is cached is of no format that is known", null);
            }
            byte[] wrapped = new byte[length];
            in.get(wrapped);
            byte[] sealed = new byte[in.remaining()];
            in.get(sealed);
            byte[] dataKey = key.unwrap(new String(keyId, StandardCharsets.US_ASCII), wrapped, associated(name));
            return new AesGcmJce(dataKey).decrypt(sealed, associated(name));
        } catch (BufferUnderflowException | GeneralSecurityException e) {
            throw new ObjectCorruptException("what is cached cannot be decrypted", e);
        }
    }

    private static byte[] associated(CacheName name) {
        return ("cache/" + name.hex()).getBytes(StandardCharsets.US_ASCII);
    }
}
