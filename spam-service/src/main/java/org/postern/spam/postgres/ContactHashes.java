package org.postern.spam.postgres;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postern.events.Tenant;

/**
 * HMAC-SHA256, cut to 16 bytes, of what could name somebody. Without the key nothing in the database can be told to be of a
 * certain address, not even by trying all of them.
 */
public final class ContactHashes {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int HASH_BYTES = 16;

    /** What is hashed; the same text as another kind has another hash. */
    enum Kind {
        CIRCLE((byte) 0),
        SENDER((byte) 1),
        NAME((byte) 2),
        ORIGIN((byte) 3);

        private final byte mark;

        Kind(byte mark) {
            this.mark = mark;
        }
    }

    private final SecretKeySpec key;

    private ContactHashes(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /**
     * Reads the key from the text of a key file.
     *
     * @param base64 32 bytes in base64, white space around them ignored
     * @throws IllegalArgumentException where it is not that
     */
    public static ContactHashes ofBase64(String base64) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key of the contact history must be base64", e);
        }
        if (secret.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key of the contact history must be 32 bytes in base64");
        }
        return new ContactHashes(secret);
    }

    byte[] hash(Tenant tenant, Kind kind, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(tenant.value().getBytes(StandardCharsets.UTF_8));
            mac.update(kind.mark);
            return Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
