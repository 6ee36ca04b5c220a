package org.postern.testsupport;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A device that reads what is pushed to it: the receiving side of RFC 8291, from the RFC and nothing but the JDK. */
public final class PushDevice {
    private static final int SALT = 16;
    private static final int POINT = 65;
    private static final int COORDINATE = 32;
    private static final int HEADER = SALT + 4 + 1 + POINT;

    private final KeyPair keys;
    private final byte[] auth = new byte[16];

    public PushDevice() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
            new SecureRandom().nextBytes(auth);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public String p256dh() {
        return base64(uncompressed((ECPublicKey) keys.getPublic()));
    }

    public String auth() {
        return base64(auth);
    }

    /** The private key, for another who has to read what this device reads: a number of 32 bytes in base64url. */
    public String privateKey() {
        return base64(coordinate(((ECPrivateKey) keys.getPrivate()).getS()));
    }

    /** The text of a push. */
    public String read(byte[] body) {
        try {
            byte[] salt = Arrays.copyOf(body, SALT);
            byte[] theirs = Arrays.copyOfRange(body, HEADER - POINT, HEADER);
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(keys.getPrivate());
            agreement.doPhase(publicKey(theirs), true);
            byte[] first = hmac(auth, agreement.generateSecret());
            byte[] keying = hmac(
                    first,
                    joined(
                            "WebPush: info\0".getBytes(StandardCharsets.US_ASCII),
                            uncompressed((ECPublicKey) keys.getPublic()),
                            theirs,
                            new byte[] {1}));
            byte[] second = hmac(salt, keying);
            byte[] key = hmac(second, "Content-Encoding: aes128gcm\0\1".getBytes(StandardCharsets.US_ASCII));
            byte[] nonce = hmac(second, "Content-Encoding: nonce\0\1".getBytes(StandardCharsets.US_ASCII));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(Arrays.copyOf(key, 16), "AES"),
                    new GCMParameterSpec(128, Arrays.copyOf(nonce, 12)));
            byte[] padded = cipher.doFinal(body, HEADER, body.length - HEADER);
            int end = padded.length - 1;
            while (padded[end] == 0) {
                end--;
            }
            if (padded[end] != 2) {
                throw new AssertionError("the last record ends with a 2");
            }
            return new String(padded, 0, end, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private ECPublicKey publicKey(byte[] point) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECPoint w = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE)),
                new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE, POINT)));
        return (ECPublicKey) KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(w, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static byte[] uncompressed(ECPublicKey key) {
        return ByteBuffer.allocate(POINT)
                .put((byte) 4)
                .put(coordinate(key.getW().getAffineX()))
                .put(coordinate(key.getW().getAffineY()))
                .array();
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[COORDINATE];
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE - length, length);
        return fixed;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
