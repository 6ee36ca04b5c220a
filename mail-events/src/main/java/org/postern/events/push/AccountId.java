package org.postern.events.push;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import org.postern.events.MalformedValueException;
import org.postern.events.RecipientHash;

/** A JMAP account, opaque to us: an Id of RFC 8620, section 1.2. */
public record AccountId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new MalformedValueException("account id", "must be 1 to 255 characters of A-Z, a-z, 0-9, - and _");
        }
    }

    /**
     * Reads a text that came from outside.
     *
     * @throws MalformedValueException where the text is not an Id of RFC 8620
     */
    @JsonCreator
    public static AccountId of(String value) {
        return new AccountId(value);
    }

    /** The account that stands for a recipient until a directory says otherwise. */
    public static AccountId of(RecipientHash recipient) {
        return new AccountId(recipient.value());
    }

    @Override
    public String toString() {
        return value;
    }
}
