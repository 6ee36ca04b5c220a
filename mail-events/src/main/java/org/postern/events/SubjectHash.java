package org.postern.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Somebody who acted, without the name: HMAC-SHA256 of the token's subject under the installation's key, as 43 characters
 * of base64url.
 */
public record SubjectHash(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    public SubjectHash {
        if (!FORM.matcher(value).matches()) {
            throw new MalformedValueException("subject hash", "must be 43 characters of base64url");
        }
    }

    /**
     * Reads a text that came from outside.
     *
     * @throws MalformedValueException where the text is not a subject hash
     */
    @JsonCreator
    public static SubjectHash of(String value) {
        return new SubjectHash(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
