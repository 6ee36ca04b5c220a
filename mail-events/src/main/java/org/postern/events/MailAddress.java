package org.postern.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The mailbox of an envelope: {@code local-part@domain} (RFC 5321, 4.1.2, with RFC 6531's characters), without angle
 * brackets, route or display name. At most 254 octets. RFC 5321 lets a host refuse a local part of more than 64; bounce
 * addresses of large senders are longer, and to refuse them is to lose mail. Personal data: {@link #toString()} does not
 * show it, {@link #value()} does.
 */
public record MailAddress(String localPart, String domain) {
    private static final int LONGEST = 254;
    private static final String KIND = "mail address";
    private static final Pattern DOT_STRING = Pattern.compile(
            "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~\\x{80}-\\x{10ffff}-]+(?:\\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~\\x{80}-\\x{10ffff}-]+)*");
    private static final Pattern QUOTED =
            Pattern.compile("\"(?:[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e\\x{80}-\\x{10ffff}]|\\\\[\\x20-\\x7e])*\"");
    private static final Pattern LITERAL = Pattern.compile("\\[[a-zA-Z0-9:.-]{2,64}]");

    public MailAddress {
        if (localPart.codePoints().anyMatch(MailAddress::isForbidden)) {
            throw new MalformedValueException(KIND, "must not hold control characters");
        }
        if (!DOT_STRING.matcher(localPart).matches()
                && !QUOTED.matcher(localPart).matches()) {
            throw new MalformedValueException(KIND, "local part must be a dot-string or a quoted string (RFC 5321)");
        }
        if (octets(localPart) + 1 + octets(domain) > LONGEST) {
            throw new MalformedValueException(KIND, "must have at most 254 octets");
        }
    }

    /**
     * Reads a text that came from outside.
     *
     * @throws MalformedValueException where the text is not a mailbox
     */
    @JsonCreator
    public static MailAddress of(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || at == text.length() - 1) {
            throw new MalformedValueException(KIND, "must be local-part@domain");
        }
        String domain = text.substring(at + 1);
        return new MailAddress(text.substring(0, at), normalised(domain));
    }

    /** The address as text, its domain in lower-case ASCII. */
    @JsonValue
    public String value() {
        return localPart + "@" + domain;
    }

    /**
     * The form under which two spellings are one mailbox for us: lower case. RFC 5321 lets a host tell local parts apart
     * by case; no host in practice does, and a policy or a subscription that did would surprise everybody.
     */
    public String folded() {
        return value().toLowerCase(Locale.ROOT);
    }

    private static String normalised(String domain) {
        if (LITERAL.matcher(domain).matches()) {
            return domain.toLowerCase(Locale.ROOT);
        }
        try {
            return DomainName.of(domain).value();
        } catch (MalformedValueException e) {
            throw new MalformedValueException(KIND, "domain must be labels of letters, digits and inner hyphens");
        }
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029;
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        return "MailAddress[hidden]";
    }
}
