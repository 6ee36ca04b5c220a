package org.postern.push.webpush;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * The curve of Web Push (RFC 8291, section 2), computed by one provider of the platform: there may be one that is ten times as
 * fast as the one it chooses by itself.
 */
final class P256 {
    /** An uncompressed point: a mark and two coordinates. */
    static final int POINT_BYTES = 65;

    private static final byte UNCOMPRESSED = 4;
    private static final int COORDINATE_BYTES = 32;
    private static final ECGenParameterSpec NAME = new ECGenParameterSpec("secp256r1");
    private static final ECParameterSpec PARAMETERS = parameters();

    private final Provider provider;

    P256(Provider provider) {
        this.provider = provider;
    }

    /** Computed by what the platform chooses by itself. */
    static Provider platform() {
        try {
            return KeyPairGenerator.getInstance("EC").getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has elliptic curves", e);
        }
    }

    /** A new key pair. */
    KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(NAME);
        return generator.generateKeyPair();
    }

    /**
     * What the holder of the other private key agrees on with us (ECDH).
     *
     * @throws GeneralSecurityException where the point is not on the curve, among others
     */
    byte[] agreed(KeyPair ours, byte[] theirs) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
        agreement.init(ours.getPrivate());
        agreement.doPhase(key(theirs), true);
        return agreement.generateSecret();
    }

    private PublicKey key(byte[] point) throws GeneralSecurityException {
        if (point.length != POINT_BYTES || point[0] != UNCOMPRESSED) {
            throw new GeneralSecurityException("not an uncompressed point of P-256");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE_BYTES));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE_BYTES, POINT_BYTES));
        try {
            return KeyFactory.getInstance("EC", provider)
                    .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), PARAMETERS));
        } catch (RuntimeException e) {
            // Where one provider says by a checked exception that a point is none, another does by one of its own.
            throw new GeneralSecurityException("not a point of P-256");
        }
    }

    /** The public half as an uncompressed point. */
    static byte[] point(KeyPair keys) {
        ECPoint w = ((ECPublicKey) keys.getPublic()).getW();
        byte[] point = new byte[POINT_BYTES];
        point[0] = UNCOMPRESSED;
        copy(w.getAffineX(), point, 1);
        copy(w.getAffineY(), point, 1 + COORDINATE_BYTES);
        return point;
    }

    /** Right-aligned: a number may be shorter than a coordinate, or have a zero for its sign in front. */
    private static void copy(BigInteger coordinate, byte[] into, int start) {
        byte[] bytes = coordinate.toByteArray();
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, into, start + COORDINATE_BYTES - length, length);
    }

    private static ECParameterSpec parameters() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(NAME);
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }
}
