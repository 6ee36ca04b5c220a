package org.postern.render.images;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs fields with a key for one purpose, and says when they expire. Alike on one day. */
final class TokenSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LONGEST = 3200;

    private final SecretKeySpec key;
    private final Clock clock;
    private final Duration validity;

    TokenSignature(byte[] secret, String purpose, Clock clock, Duration validity) {
        this.key = new SecretKeySpec(sum(new SecretKeySpec(secret, ALGORITHM), purpose), ALGORITHM);
        this.clock = clock;
        this.validity = validity;
    }

    /** The day of expiry, in days since 1970. */
    String expiry() {
        return Long.toString(clock.instant()
                        .truncatedTo(ChronoUnit.DAYS)
                        .plus(validity)
                        .plus(1, ChronoUnit.DAYS)
                        .getEpochSecond()
                / Duration.ofDays(1).toSeconds());
    }

    /** The fields and their signature, with points between them. */
    String sign(String... fields) {
        String content = String.join(".", fields);
        return content + "." + encoded(content);
    }

    /** The fields of a token of so many, the first of which is a version. Not whether it has expired. */
    List<String> fields(String token, String version, int count) throws InvalidImageTokenException {
        if (token.length() > LONGEST) {
            throw new InvalidImageTokenException("malformed", false);
        }
        List<String> fields = List.of(token.split("\\.", -1));
        if (fields.size() != count + 1 || !fields.getFirst().equals(version)) {
            throw new InvalidImageTokenException("malformed", false);
        }
        String content = token.substring(0, token.lastIndexOf('.'));
        // Compared as it is written: base64 has more than one spelling of the same bytes.
        byte[] given = fields.getLast().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, encoded(content).getBytes(StandardCharsets.UTF_8))) {
            throw new InvalidImageTokenException("not signed with our key", false);
        }
        return fields;
    }

    /** Refuses what expired on a day that is past. */
    void checkExpiry(String day) throws InvalidImageTokenException {
        try {
            Duration expiry = Duration.ofDays(Long.parseLong(day));
            if (clock.instant().getEpochSecond() >= expiry.toSeconds()) {
                throw new InvalidImageTokenException("expired", true);
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw new InvalidImageTokenException("malformed", false);
        }
    }

    private String encoded(String content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sum(key, content));
    }

    private static byte[] sum(SecretKeySpec key, String content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
