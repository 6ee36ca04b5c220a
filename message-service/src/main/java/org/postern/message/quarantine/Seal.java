package org.postern.message.quarantine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals texts that go out and come back: cursors, links of digests, passes of released messages. Each kind has a key of
 * its own, so that no text of one kind passes for one of another.
 */
public final class Seal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MOST = 4_096;
    private static final int MARK_BYTES = 8;

    private final SecretKeySpec key;

    /**
     * @param secret the installation's secret, 32 bytes
     * @param kind what is sealed
     */
    public Seal(byte[] secret, String kind) {
        this.key = new SecretKeySpec(mac(new SecretKeySpec(secret, ALGORITHM), "postern/" + kind), ALGORITHM);
    }

    /** The text and its seal, in letters, digits, {@code - _} and one dot. */
    public String seal(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8)) + "." + encoded(mac(key, text));
    }

    /** The text, where the seal is ours and unbroken. */
    public Optional<String> open(String sealed) {
        int dot = sealed.indexOf('.');
        if (dot < 0 || sealed.length() > MOST) {
            return Optional.empty();
        }
        try {
            byte[] text = Base64.getUrlDecoder().decode(sealed.substring(0, dot));
            byte[] seal = Base64.getUrlDecoder().decode(sealed.substring(dot + 1));
            String opened = new String(text, StandardCharsets.UTF_8);
            // Written anew and compared, since base64 has several spellings for the same bytes.
            return MessageDigest.isEqual(mac(key, opened), seal) && seal(opened).equals(sealed)
                    ? Optional.of(opened)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What stands for a text that is not to be told, and cannot be guessed without the key: 16 hexadecimal digits. */
    public String mark(String text) {
        return HexFormat.of().formatHex(mac(key, text), 0, MARK_BYTES);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
