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
import org.postern.events.Tenant;

/**
 * Signs the addresses of images, so that the proxy fetches what a mail shows and nothing else. The form is {@code
 * v1.<tenant>.<expiry in days since 1970>.<address in base64url>.<HMAC-SHA256 in base64url>}. On one day the same image
 * has the same token: renditions are alike byte for byte.
 */
public final class ImageTokens {
    /** The longest address that is signed, in characters. */
    public static final int LONGEST_URL = 2048;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1";
    private static final String PURPOSE = "postern images 1";
    private static final int FIELDS = 5;
    private static final int LONGEST = 3200;

    private final SecretKeySpec key;
    private final Clock clock;
    private final Duration validity;

    /**
     * @param secret of the installation; another key is made of it for images alone
     * @param validity how long an address is good, at least; up to a day longer
     */
    public ImageTokens(byte[] secret, Clock clock, Duration validity) {
        this.key = new SecretKeySpec(sum(new SecretKeySpec(secret, ALGORITHM), PURPOSE), ALGORITHM);
        this.clock = clock;
        this.validity = validity;
    }

    /** The token of an image. */
    public String sign(ImageAddress image) {
        long day = clock.instant()
                        .truncatedTo(ChronoUnit.DAYS)
                        .plus(validity)
                        .plus(1, ChronoUnit.DAYS)
                        .getEpochSecond()
                / Duration.ofDays(1).toSeconds();
        byte[] url = image.url().getBytes(StandardCharsets.UTF_8);
        String content = String.join(
                ".",
                VERSION,
                image.tenant().value(),
                Long.toString(day),
                Base64.getUrlEncoder().withoutPadding().encodeToString(url));
        return content + "." + encoded(content);
    }

    /** The image of a token. */
    public ImageAddress verify(String token) throws InvalidImageTokenException {
        List<String> fields = fields(token);
        try {
            Duration expiry = Duration.ofDays(Long.parseLong(fields.get(2)));
            if (clock.instant().getEpochSecond() >= expiry.toSeconds()) {
                throw new InvalidImageTokenException("expired", true);
            }
            byte[] url = Base64.getUrlDecoder().decode(fields.get(3));
            return new ImageAddress(Tenant.of(fields.get(1)), new String(url, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InvalidImageTokenException("malformed", false);
        }
    }

    /** Whether a token was signed here, now or once. */
    public boolean isOurs(String token) {
        try {
            fields(token);
            return true;
        } catch (InvalidImageTokenException e) {
            return false;
        }
    }

    private List<String> fields(String token) throws InvalidImageTokenException {
        if (token.length() > LONGEST) {
            throw new InvalidImageTokenException("malformed", false);
        }
        List<String> fields = List.of(token.split("\\.", -1));
        if (fields.size() != FIELDS || !fields.getFirst().equals(VERSION)) {
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
