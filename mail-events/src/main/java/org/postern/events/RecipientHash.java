package org.postern.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A recipient without the address: HMAC-SHA256 under the installation's key, as 43 characters of base64url. Topics other
 * than {@code mail.received.v1} name recipients by it.
 */
public record RecipientHash(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    public RecipientHash {
        if (!FORM.matcher(value).matches()) {
            throw new MalformedValueException("recipient hash", "must be 43 characters of base64url");
        }
    }

    /**
     * Reads a text that came from outside.
     *
     * @throws MalformedValueException where the text is not a recipient hash
     */
    @JsonCreator
    public static RecipientHash of(String value) {
        return new RecipientHash(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
