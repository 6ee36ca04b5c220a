package org.postern.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The random name of an object in the message store: 128 bits as 32 lower-case hexadecimal digits. */
public record ObjectId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public ObjectId {
        if (!FORM.matcher(value).matches()) {
            throw new MalformedValueException("object id", "must be 32 lower-case hexadecimal digits");
        }
    }

    /** A new id, which nobody can guess. */
    public static ObjectId random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return new ObjectId(HexFormat.of().formatHex(bytes));
    }

    /**
     * Reads a text that came from outside.
     *
     * @throws MalformedValueException where the text is not an object id
     */
    @JsonCreator
    public static ObjectId of(String value) {
        return new ObjectId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
