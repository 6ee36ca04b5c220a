package org.postern.events.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.postern.events.MalformedValueException;

/**
 * A session, a subject or a token without saying which: the SHA-256 of its kind, its issuer and its value in base64url.
 * Some providers take a login name or an address for a subject, and a token is a secret; neither is on Kafka.
 */
public record RevokedIdentity(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    public RevokedIdentity {
        if (!FORM.matcher(value).matches()) {
            throw new MalformedValueException("revoked identity", "must be 43 characters of base64url");
        }
    }

    /**
     * Reads a text that came from outside.
     *
     * @throws MalformedValueException where the text is not a hash in base64url
     */
    @JsonCreator
    public static RevokedIdentity of(String value) {
        return new RevokedIdentity(value);
    }

    /** A session, by its {@code sid} at its issuer. */
    public static RevokedIdentity session(String issuer, String sid) {
        return hashed(RevocationScope.SESSION, issuer, sid);
    }

    /** A subject, by its {@code sub} at its issuer. */
    public static RevokedIdentity subject(String issuer, String sub) {
        return hashed(RevocationScope.SUBJECT, issuer, sub);
    }

    /**
     * A token. Of a signed one (a JWS in compact form) the signature is left out: other bytes of it can be good for the
     * same content, and such a copy is the same token.
     */
    public static RevokedIdentity token(String token) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        return hashed(RevocationScope.TOKEN, "", first >= 0 && last > first ? token.substring(0, last) : token);
    }

    private static RevokedIdentity hashed(RevocationScope scope, String issuer, String name) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {scope.word(), issuer}) {
                hash.update(part.getBytes(StandardCharsets.UTF_8));
                // Between the parts, so that none can be moved into its neighbour.
                hash.update((byte) 0);
            }
            byte[] digest = hash.digest(name.getBytes(StandardCharsets.UTF_8));
            return new RevokedIdentity(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
