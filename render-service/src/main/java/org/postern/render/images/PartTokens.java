package org.postern.render.images;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.postern.events.ContentHash;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;

/**
 * Signs the addresses of images that stored mails carry: a sandboxed page sends no cookies, so the address itself is the
 * permission. The form is {@code m1.<tenant>.<expiry in days since 1970>.<object>.<sha256>.<size>.<part, hyphens for
 * points>.<HMAC-SHA256 in base64url>}; it names no person. On one day the same image has the same token.
 */
public final class PartTokens {
    private static final String VERSION = "m1";
    private static final String PURPOSE = "postern parts 1";
    private static final int FIELDS = 7;

    private final TokenSignature signature;

    /**
     * @param secret of the installation; another key is made of it for parts alone
     * @param validity how long an address is good, at least; up to a day longer
     */
    public PartTokens(byte[] secret, Clock clock, Duration validity) {
        this.signature = new TokenSignature(secret, PURPOSE, clock, validity);
    }

    /** Whether a token is of this kind, signed or not. */
    public static boolean isOne(String token) {
        return token.startsWith(VERSION + ".");
    }

    /** The token of an image. */
    public String sign(PartAddress image) {
        ObjectReference mail = image.mail();
        return signature.sign(
                VERSION,
                mail.tenant().value(),
                signature.expiry(),
                mail.id().value(),
                mail.sha256().hex(),
                Long.toString(mail.size()),
                image.part().replace('.', '-'));
    }

    /** The image of a token. */
    public PartAddress verify(String token) throws InvalidImageTokenException {
        List<String> fields = signature.fields(token, VERSION, FIELDS);
        signature.checkExpiry(fields.get(2));
        try {
            ObjectReference mail = new ObjectReference(
                    Tenant.of(fields.get(1)),
                    ObjectId.of(fields.get(3)),
                    ContentHash.of(fields.get(4)),
                    Long.parseLong(fields.get(5)));
            return new PartAddress(mail, fields.get(6).replace('-', '.'));
        } catch (IllegalArgumentException e) {
            throw new InvalidImageTokenException("malformed", false);
        }
    }
}
