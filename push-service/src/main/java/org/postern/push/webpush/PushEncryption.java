package org.postern.push.webpush;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.postern.push.subscription.Destination;

/**
 * Encrypts the bodies of pushes: one record of aes128gcm (RFC 8188), with a key pair and a salt of its own for each push
 * (RFC 8291). For any number of threads.
 */
public final class PushEncryption {
    static final String CONTENT_ENCODING = "aes128gcm";

    /** A push service must take a body of this size (RFC 8030, section 7.2), so it is a size that every device knows. */
    static final int RECORD_SIZE = 4096;

    static final int SALT_BYTES = 16;

    private static final int HEADER_BYTES = SALT_BYTES + Integer.BYTES + 1 + P256.POINT_BYTES;
    private static final int TAG_BYTES = 16;
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final byte LAST_RECORD = 2;
    private static final byte[] FIRST_BLOCK = {1};
    private static final String HMAC = "HmacSHA256";
    private static final byte[] KEY_INFO = label("WebPush: info");
    private static final byte[] CONTENT_KEY = label("Content-Encoding: aes128gcm");
    private static final byte[] NONCE = label("Content-Encoding: nonce");

    /** The longest document. */
    public static final int MOST_BYTES = RECORD_SIZE - HEADER_BYTES - TAG_BYTES - 1;

    private final P256 curve;
    private final SecureRandom random = new SecureRandom();

    /** @param curves who computes on P-256, which is nearly all of the work */
    public PushEncryption(Provider curves) {
        this.curve = new P256(curves);
    }

    /** With the curves that the platform chooses by itself. */
    public static PushEncryption ofPlatform() {
        return new PushEncryption(P256.platform());
    }

    /**
     * The body of a push.
     *
     * @param document {@value #MOST_BYTES} bytes at most
     * @throws IllegalArgumentException where the document is longer, or the keys of the device are none
     */
    public byte[] encrypted(Destination.WebPush device, byte[] document) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        try {
            return encrypted(device, document, curve.pair(), salt);
        } catch (GeneralSecurityException e) {
            // Without the cause: it may quote a key.
            throw new IllegalArgumentException("the keys of a device are none");
        }
    }

    /** The same with a key pair and a salt that are given; never with the same ones twice. */
    byte[] encrypted(Destination.WebPush device, byte[] document, KeyPair ours, byte[] salt)
            throws GeneralSecurityException {
        if (document.length > MOST_BYTES) {
            throw new IllegalArgumentException("a document is too long for a push");
        }
        byte[] theirs = Base64.getUrlDecoder().decode(device.p256dh());
        byte[] point = P256.point(ours);
        Mac mac = Mac.getInstance(HMAC);
        // RFC 8291, section 3.4: HKDF-Extract and HKDF-Expand, each of which is one HMAC for outputs this short.
        byte[] shared = hmac(mac, Base64.getUrlDecoder().decode(device.auth()), curve.agreed(ours, theirs));
        byte[] keying = hmac(mac, shared, KEY_INFO, theirs, point, FIRST_BLOCK);
        byte[] pseudoRandom = hmac(mac, salt, keying);
        byte[] key = Arrays.copyOf(hmac(mac, pseudoRandom, CONTENT_KEY, FIRST_BLOCK), KEY_BYTES);
        byte[] nonce = Arrays.copyOf(hmac(mac, pseudoRandom, NONCE, FIRST_BLOCK), NONCE_BYTES);

        ByteBuffer body = ByteBuffer.allocate(HEADER_BYTES + document.length + 1 + TAG_BYTES)
                .put(salt)
                .putInt(RECORD_SIZE)
                .put((byte) P256.POINT_BYTES)
                .put(point);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        byte[] padded = Arrays.copyOf(document, document.length + 1);
        padded[document.length] = LAST_RECORD;
        cipher.doFinal(ByteBuffer.wrap(padded), body);
        return body.array();
    }

    private static byte[] hmac(Mac mac, byte[] key, byte[]... parts) throws GeneralSecurityException {
        mac.init(new SecretKeySpec(key, HMAC));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static byte[] label(String text) {
        return (text + "\0").getBytes(StandardCharsets.US_ASCII);
    }
}
