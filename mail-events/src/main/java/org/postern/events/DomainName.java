package org.postern.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A domain name in its lower-case ASCII form (A-labels, RFC 5890), without the trailing dot; at most 253 characters, each
 * label at most 63 (RFC 1035).
 */
public record DomainName(@JsonValue String value) {
    private static final int LONGEST = 253;
    private static final Pattern FORM =
            Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    public DomainName {
        if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
            throw new MalformedValueException("domain name", "must be labels of letters, digits and inner hyphens");
        }
    }

    /**
     * Reads a text that came from outside.
     *
     * @throws MalformedValueException where the text is not a domain name, in Unicode or ASCII form
     */
    @JsonCreator
    public static DomainName of(String text) {
        String ascii;
        try {
            ascii = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new MalformedValueException("domain name", "must be labels of letters, digits and inner hyphens");
        }
        return new DomainName(ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii);
    }

    @Override
    public String toString() {
        return value;
    }
}
