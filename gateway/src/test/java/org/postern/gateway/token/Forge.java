package org.postern.gateway.token;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postern.testsupport.OidcProvider;

/** Makes tokens as attackers do. */
public final class Forge {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final KeyPair FOREIGN = keys();

    private Forge() {}

    /** A good token, from which the others are made. */
    public static String good() {
        return OidcProvider.signed("{\"alg\":\"RS256\",\"kid\":\"k\"}", "{" + claims() + "}");
    }

    private static String claims() {
        String whole = OidcProvider.claims("s", "session", "mail-read-all");
        return whole.substring(1, whole.length() - 1);
    }

    /**
     * A token of the table {@code /tokens/refused.csv}.
     *
     * @param bait an address that nobody may fetch from
     */
    public static String token(String signature, String header, String claims, String bait)
            throws GeneralSecurityException {
        return token(signature, filled(header, bait), filled(claims, bait));
    }

    private static String filled(String text, String bait) {
        long now = Instant.now().getEpochSecond();
        return text.replace("@GOOD@", "{" + claims() + "}")
                .replace("@CLAIMS@", claims())
                .replace("@ISS@", OidcProvider.issuer())
                .replace("@NOW@", Long.toString(now))
                .replace("@EXP@", Long.toString(now + 300))
                .replace("@PAST@", Long.toString(now - 900))
                .replace("@FUTURE@", Long.toString(now + 900))
                .replace("@YEAR@", Long.toString(now + 31_536_000))
                .replace("@BAIT@", bait)
                .replace("@JWK@", jwk())
                .replace("@300@", "k".repeat(300))
                .replace("@20000@", "x".repeat(20_000))
                .replace("@DEEP@", "[".repeat(1_000) + "]".repeat(1_000));
    }

    private static String token(String signature, String header, String claims) throws GeneralSecurityException {
        String content = base64(header) + "." + base64(claims);
        byte[] key = OidcProvider.publicKey().getEncoded();
        return switch (signature) {
            case "none" -> content + ".";
            case "rs256" -> OidcProvider.signed(header, claims);
            case "padded" -> OidcProvider.signed(header, claims).replaceFirst("\\.([^.]*)$", ".$1=");
            case "stray-bits" -> strayBits(OidcProvider.signed(header, claims));
            case "fourth-part" -> OidcProvider.signed(header, claims) + ".x";
            case "foreign" -> content + "." + signed("SHA256withRSA", FOREIGN.getPrivate(), content);
            case "rs512" -> content + "." + signed("SHA512withRSA", FOREIGN.getPrivate(), content);
            case "hs256-der" -> content + "." + hmac(key, content);
            case "hs256-pem" -> content + "." + hmac(pem(key), content);
            default -> throw new IllegalArgumentException(signature);
        };
    }

    /** The same bytes, spelt otherwise: the last of 342 characters holds two bits that mean nothing. */
    private static String strayBits(String token) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char last = token.charAt(token.length() - 1);
        return token.substring(0, token.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + 1);
    }

    private static String signed(String algorithm, PrivateKey key, String content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return BASE64.encodeToString(signature.sign());
    }

    private static String hmac(byte[] key, String content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] pem(byte[] der) {
        return ("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String jwk() {
        RSAPublicKey key = (RSAPublicKey) FOREIGN.getPublic();
        return "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"" + BASE64.encodeToString(unsigned(key.getModulus()))
                + "\",\"e\":\"AQAB\"}";
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes RSA keys", e);
        }
    }
}
