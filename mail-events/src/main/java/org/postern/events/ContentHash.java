package org.postern.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of a body's plain bytes, as 64 lower-case hexadecimal digits. An attribute to check, not an address. */
public record ContentHash(@JsonValue String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public ContentHash {
        if (!FORM.matcher(hex).matches()) {
            throw new MalformedValueException("content hash", "must be 64 lower-case hexadecimal digits");
        }
    }

    /**
     * Reads a text that came from outside.
     *
     * @throws MalformedValueException where the text is not a SHA-256 in lower-case hexadecimal digits
     */
    @JsonCreator
    public static ContentHash of(String hex) {
        return new ContentHash(hex);
    }

    /** The hash held by the 32 bytes of a finished SHA-256. */
    public static ContentHash ofDigest(byte[] digest) {
        return new ContentHash(HexFormat.of().formatHex(digest));
    }

    @Override
    public String toString() {
        return hex;
    }
}
