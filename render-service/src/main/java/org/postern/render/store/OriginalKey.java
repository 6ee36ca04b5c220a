package org.postern.render.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.postern.render.kept.Original;
import org.postern.store.CacheName;

/**
 * The name of what is kept of an original, and the key it lies under. Both are made of every byte of the original, with a key
 * of the installation: whoever has the store and all its keys, and all that is known of a mail beside the mail itself, its
 * plain hash among it, finds and opens nothing.
 */
final class OriginalKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final CacheName name;
    private final SecretKeySpec key;

    private OriginalKey(CacheName name, SecretKeySpec key) {
        this.name = name;
        this.key = key;
    }

    /**
     * The key of an original.
     *
     * @param secret the key of the installation for this purpose
     * @param rules what else a rendition depends on
     */
    static OriginalKey of(SecretKeySpec secret, String rules, Original original) {
        SecretKeySpec own = new SecretKeySpec(sum(secret, original.bytes()), ALGORITHM);
        String rest = original.tenant() + "\0" + rules + "\0" + original.shape();
        return new OriginalKey(
                new CacheName(HexFormat.of().formatHex(sum(own, "name\0" + rest))),
                new SecretKeySpec(sum(own, "key\0" + rest), "AES"));
    }

    CacheName name() {
        return name;
    }

    /** A random nonce, and the bytes under the key. */
    byte[] seal(byte[] plain) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** @throws GeneralSecurityException where it was changed, or is of another original */
    byte[] open(byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < NONCE_BYTES) {
            throw new GeneralSecurityException("too short");
        }
        return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES))
                .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    static SecretKeySpec secretFor(String purpose, byte[] secret) {
        return new SecretKeySpec(sum(new SecretKeySpec(secret, ALGORITHM), purpose), ALGORITHM);
    }

    private static byte[] sum(SecretKeySpec key, String text) {
        return sum(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sum(SecretKeySpec key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }
}
