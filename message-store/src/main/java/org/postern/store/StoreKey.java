package org.postern.store;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postern.events.MalformedValueException;

/**
 * The installation's key, under which the data key of each object is wrapped (AES-256-GCM). Its file has one key a line,
 * 32 bytes in base64: new objects use the first, the others still open what they once wrapped. To change the key, put a
 * new line on top.
 */
public final class StoreKey {
    private static final int KEY_BYTES = 32;
    private static final int ID_CHARACTERS = 16;

    private final String currentId;
    private final Map<String, AesGcmJce> ciphers;

    private StoreKey(String currentId, Map<String, AesGcmJce> ciphers) {
        this.currentId = currentId;
        this.ciphers = Map.copyOf(ciphers);
    }

    /**
     * Reads a key file.
     *
     * @throws IOException where the file cannot be read
     * @throws MalformedValueException where it is not a key file
     */
    public static StoreKey ofFile(Path file) throws IOException {
        return ofText(Files.readString(file, StandardCharsets.US_ASCII));
    }

    /** Reads the text of a key file. */
    public static StoreKey ofText(String text) {
        String current = null;
        Map<String, AesGcmJce> ciphers = new LinkedHashMap<>();
        for (String line :
                text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            byte[] key = decode(line);
            String id = idOf(key);
            ciphers.put(id, cipher(key));
            current = current == null ? id : current;
        }
        if (current == null) {
            throw new MalformedValueException("store key", "the file must hold one key at least");
        }
        return new StoreKey(current, ciphers);
    }

    /** The id of the key that wraps new data keys. */
    public String currentId() {
        return currentId;
    }

    /** Wraps a data key under the current key, bound to the object it is for. */
    public byte[] wrap(byte[] dataKey, byte[] boundTo) {
        try {
            return cipherOf(currentId).encrypt(dataKey, boundTo);
        } catch (GeneralSecurityException | ObjectCorruptException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /**
     * Unwraps a data key.
     *
     * @throws ObjectCorruptException where the key is not ours, or is not of that object
     */
    public byte[] unwrap(String keyId, byte[] wrapped, byte[] boundTo) throws ObjectCorruptException {
        try {
            return cipherOf(keyId).decrypt(wrapped, boundTo);
        } catch (GeneralSecurityException e) {
            throw new ObjectCorruptException("a data key cannot be unwrapped", e);
        }
    }

    private AesGcmJce cipherOf(String keyId) throws ObjectCorruptException {
        AesGcmJce cipher = ciphers.get(keyId);
        if (cipher == null) {
            throw new ObjectCorruptException("the key " + keyId + " is not in the key file", null);
        }
        return cipher;
    }

    private static byte[] decode(String line) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            throw new MalformedValueException("store key", "each line must be base64");
        }
        if (key.length != KEY_BYTES) {
            throw new MalformedValueException("store key", "each line must be 32 bytes in base64");
        }
        return key;
    }

    private static AesGcmJce cipher(byte[] key) {
        try {
            return new AesGcmJce(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    private static String idOf(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(hash).substring(0, ID_CHARACTERS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "StoreKey[" + currentId + "]";
    }
}
