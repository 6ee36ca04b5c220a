package org.postern.store.sealing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.Random;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import org.postern.events.ContentHash;
import org.postern.events.MalformedValueException;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.store.ObjectCorruptException;
import org.postern.store.StoreKey;

/**
 * The encryption of objects: a data key each, the bytes in segments under it (AES-256-GCM), and a key document beside them
 * that holds the data key, wrapped by the installation's key. The same in every adapter, so that objects can be copied
 * from one kind of store to another.
 */
public final class ObjectSealing {
    /** How many bytes a segment has. */
    public static final int SEGMENT_BYTES = 64 * 1024;

    private static final String HKDF_HASH = "HmacSha256";
    private static final int DATA_KEY_BYTES = 32;

    private final StoreKey key;
    private final ObjectMapper json = new ObjectMapper();

    /** @param key the installation's keys, the newest first */
    public ObjectSealing(StoreKey key) {
        this.key = key;
    }

    /** A data key for one object. */
    public static byte[] newDataKey() {
        return Random.randBytes(DATA_KEY_BYTES);
    }

    /**
     * A stream that encrypts what is written to it. It has to be closed, or its last segment is missing.
     *
     * @throws IOException where the stream below cannot be written
     */
    public static OutputStream encrypting(OutputStream below, byte[] dataKey, ObjectId id) throws IOException {
        try {
            return cipher(dataKey).newEncryptingStream(below, associated(id));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /**
     * A stream of the plain bytes. It throws an {@code IOException} where a segment was changed.
     *
     * @throws ObjectCorruptException where this cannot be such an object
     * @throws IOException where the stream below cannot be read
     */
    public static InputStream decrypting(InputStream below, byte[] dataKey, ObjectId id) throws IOException {
        try {
            return cipher(dataKey).newDecryptingStream(below, associated(id));
        } catch (GeneralSecurityException e) {
            throw new ObjectCorruptException("object " + id + " cannot be decrypted", e);
        }
    }

    /** The document to be kept beside the bytes of an object: without it they mean nothing. */
    public byte[] keyDocument(byte[] dataKey, ObjectReference reference) {
        byte[] wrapped = key.wrap(dataKey, KeyFile.binding(reference));
        return bytes(new KeyFile(
                KeyFile.FORMAT,
                key.currentId(),
                Base64.getEncoder().encodeToString(wrapped),
                reference.sha256().hex(),
                reference.size()));
    }

    /**
     * The data key in a key document.
     *
     * @throws ObjectCorruptException where it is damaged, of another object, or of a key that is not ours
     */
    public byte[] dataKey(byte[] document, ObjectReference reference) throws ObjectCorruptException {
        return unwrapped(read(document, reference.id()), reference);
    }

    /**
     * A key document with the same data key, wrapped by the newest key.
     *
     * @return nothing where it is wrapped by that one already
     * @throws ObjectCorruptException where it is damaged, of another object, or of a key that is not ours
     */
    public Optional<byte[]> wrappedAnew(byte[] document, Tenant tenant, ObjectId id) throws ObjectCorruptException {
        KeyFile old = read(document, id);
        if (old.keyId().equals(key.currentId())) {
            return Optional.empty();
        }
        try {
            ObjectReference reference = new ObjectReference(tenant, id, ContentHash.of(old.sha256()), old.size());
            return Optional.of(keyDocument(unwrapped(old, reference), reference));
        } catch (MalformedValueException e) {
            throw damaged(id, e);
        }
    }

    private byte[] unwrapped(KeyFile file, ObjectReference reference) throws ObjectCorruptException {
        try {
            return key.unwrap(file.keyId(), Base64.getDecoder().decode(file.wrapped()), KeyFile.binding(reference));
        } catch (IllegalArgumentException e) {
            throw damaged(reference.id(), e);
        }
    }

    private KeyFile read(byte[] document, ObjectId id) throws ObjectCorruptException {
        try {
            KeyFile file = json.readValue(document, KeyFile.class);
            if (file == null || file.keyId() == null || file.wrapped() == null || file.sha256() == null) {
                throw damaged(id, null);
            }
            return file;
        } catch (JsonProcessingException e) {
            throw damaged(id, e);
        } catch (IOException e) {
            throw new IllegalStateException("an array can always be read", e);
        }
    }

    private byte[] bytes(KeyFile file) {
        try {
            return json.writeValueAsString(file).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of ours can always be written", e);
        }
    }

    private static ObjectCorruptException damaged(ObjectId id, @org.jspecify.annotations.Nullable Throwable cause) {
        return new ObjectCorruptException("the key file of object " + id + " is damaged", cause);
    }

    private static AesGcmHkdfStreaming cipher(byte[] dataKey) {
        try {
            return new AesGcmHkdfStreaming(dataKey, HKDF_HASH, DATA_KEY_BYTES, SEGMENT_BYTES, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    private static byte[] associated(ObjectId id) {
        return id.value().getBytes(StandardCharsets.US_ASCII);
    }
}
