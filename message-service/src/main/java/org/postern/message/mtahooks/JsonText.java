package org.postern.message.mtahooks;

import java.io.IOException;
import java.io.InputStream;

/** A string of a JSON document as a stream of UTF-8. Escapes may lie across any border of what came. */
final class JsonText extends InputStream {
    private static final int REPLACEMENT = 0xfffd;
    private static final int LONGEST_CHARACTER = 4;

    private final JsonInput json;
    private final byte[] one = new byte[1];
    /** The bytes of a character that did not stand for itself, and how much of it was handed out. */
    private final byte[] character = new byte[LONGEST_CHARACTER];

    private int length;
    private int handedOut;
    private boolean ended;

    JsonText(JsonInput json) {
        this.json = json;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) throws IOException {
        int n = 0;
        while (n < wanted && (handedOut < length || !ended)) {
            if (handedOut < length) {
                into[offset + n++] = character[handedOut++];
            } else {
                int plain = json.plain(into, offset + n, wanted - n);
                n += plain;
                if (plain == 0) {
                    character();
                }
            }
        }
        return n == 0 && wanted > 0 ? -1 : n;
    }

    /** Reads what is left of it, and keeps nothing. */
    void passOver() throws IOException {
        byte[] away = new byte[1024];
        int n = 0;
        while (n >= 0) {
            n = read(away, 0, away.length);
        }
    }

    private void character() throws IOException {
        int b = json.next();
        handedOut = 0;
        length = 0;
        if (b == '"') {
            ended = true;
        } else if (b == '\\') {
            encode(escaped());
        } else if (b < ' ') {
            throw RefusedHookException.json("A string holds a control character that is not escaped.");
        } else {
            sequence(b);
        }
    }

    /** A character of several bytes in UTF-8 (RFC 3629): no overlong ones, no surrogates, none over U+10FFFF. */
    private void sequence(int lead) throws IOException {
        if (lead >= 0xc2 && lead <= 0xdf) {
            take(lead, 1, 0x80, 0xbf);
        } else if (lead >= 0xe0 && lead <= 0xef) {
            take(lead, 2, lead == 0xe0 ? 0xa0 : 0x80, lead == 0xed ? 0x9f : 0xbf);
        } else if (lead >= 0xf0 && lead <= 0xf4) {
            take(lead, 3, lead == 0xf0 ? 0x90 : 0x80, lead == 0xf4 ? 0x8f : 0xbf);
        } else {
            throw notUtf8();
        }
        if (lead == 0xef && character[1] == (byte) 0xbf && character[2] == (byte) 0xbd) {
            json.countReplaced();
        }
    }

    private void take(int lead, int more, int lowest, int highest) throws IOException {
        character[length++] = (byte) lead;
        for (int i = 0; i < more; i++) {
            int b = json.next();
            if (b < (i == 0 ? lowest : 0x80) || b > (i == 0 ? highest : 0xbf)) {
                throw notUtf8();
            }
            character[length++] = (byte) b;
        }
    }

    private int escaped() throws IOException {
        return switch (json.next()) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codePoint();
            default -> throw RefusedHookException.json("A string holds an escape that JSON does not have.");
        };
    }

    private int codePoint() throws IOException {
        char first = unit();
        if (!Character.isSurrogate(first)) {
            return first;
        }
        if (Character.isHighSurrogate(first) && json.next() == '\\' && json.next() == 'u') {
            char second = unit();
            if (Character.isLowSurrogate(second)) {
                return Character.toCodePoint(first, second);
            }
        }
        throw RefusedHookException.json("A string holds half a surrogate pair.");
    }

    private char unit() throws IOException {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int b = json.next();
            int digit = b < 0x80 ? Character.digit(b, 16) : -1;
            if (digit < 0) {
                throw RefusedHookException.json("A string holds an escape without four hexadecimal digits.");
            }
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    private void encode(int codePoint) {
        if (codePoint == REPLACEMENT) {
            json.countReplaced();
        }
        if (codePoint < 0x80) {
            character[length++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            character[length++] = (byte) (0xc0 | codePoint >> 6);
            continued(codePoint);
        } else if (codePoint < 0x10000) {
            character[length++] = (byte) (0xe0 | codePoint >> 12);
            continued(codePoint >> 6);
            continued(codePoint);
        } else {
            character[length++] = (byte) (0xf0 | codePoint >> 18);
            continued(codePoint >> 12);
            continued(codePoint >> 6);
            continued(codePoint);
        }
    }

    private void continued(int bits) {
        character[length++] = (byte) (0x80 | bits & 0x3f);
    }

    private static RefusedHookException notUtf8() {
        return RefusedHookException.json("The document is not UTF-8.");
    }
}
