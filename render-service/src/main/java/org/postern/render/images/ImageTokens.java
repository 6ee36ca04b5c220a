package org.postern.render.images;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.postern.events.Tenant;

/**
 * Signs the addresses of images, so that the proxy fetches what a mail shows and nothing else. The form is {@code
 * v1.<tenant>.<expiry in days since 1970>.<address in base64url>.<HMAC-SHA256 in base64url>}. On one day the same image
 * has the same token: renditions are alike byte for byte.
 */
public final class ImageTokens {
    /** The longest address that is signed, in characters. */
    public static final int LONGEST_URL = 2048;

    private static final String VERSION = "v1";
    private static final String PURPOSE = "postern images 1";
    private static final int FIELDS = 4;

    private final TokenSignature signature;

    /**
     * @param secret of the installation; another key is made of it for images alone
     * @param validity how long an address is good, at least; up to a day longer
     */
    public ImageTokens(byte[] secret, Clock clock, Duration validity) {
        this.signature = new TokenSignature(secret, PURPOSE, clock, validity);
    }

    /** The token of an image. */
    public String sign(ImageAddress image) {
        byte[] url = image.url().getBytes(StandardCharsets.UTF_8);
        return signature.sign(
                VERSION,
                image.tenant().value(),
                signature.expiry(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(url));
    }

    /** The image of a token. */
    public ImageAddress verify(String token) throws InvalidImageTokenException {
        List<String> fields = signature.fields(token, VERSION, FIELDS);
        signature.checkExpiry(fields.get(2));
        try {
            byte[] url = Base64.getUrlDecoder().decode(fields.get(3));
            return new ImageAddress(Tenant.of(fields.get(1)), new String(url, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new InvalidImageTokenException("malformed", false);
        }
    }

    /** Whether a token was signed here, now or once. */
    public boolean isOurs(String token) {
        try {
            signature.fields(token, VERSION, FIELDS);
            return true;
        } catch (InvalidImageTokenException e) {
            return false;
        }
    }
}
