package org.postern.message.quarantine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.postern.events.ContentHash;
import org.postern.message.canonical.MailLines;
import org.postern.message.canonical.TextHash;

/**
 * The hash that a pass is bound to: over the octets of a mail, apart from what mail servers change on the way. Line ends
 * are CRLF and there is one at the end, as in the canonical form {@code simple} of RFC 6376, 3.4.3; the fields that Postfix
 * drops ({@code message_drop_headers}) do not count.
 */
final class ReleasedText implements MailLines.Head {
    private static final Set<String> DROPPED = Set.of("bcc", "content-length", "resent-bcc", "return-path");
    /** A line of the head that is longer is hashed in pieces; what it is, its first one says. */
    private static final int LONGEST = 64 * 1024;

    private final TextHash text = new TextHash();
    private final MailLines lines = new MailLines(this, text);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean dropping;
    private boolean inLongLine;

    /** The hash of a whole mail, which is not closed. */
    static ContentHash hash(InputStream mail) throws IOException {
        ReleasedText text = new ReleasedText();
        mail.transferTo(text.lines);
        return text.hash();
    }

    void take(byte[] bytes, int offset, int length) {
        lines.write(bytes, offset, length);
    }

    @Override
    public void octet(byte octet) {
        line.write(octet);
        if (line.size() > LONGEST) {
            flush();
            inLongLine = true;
        }
    }

    @Override
    public void lineEnd() {
        flush();
        inLongLine = false;
        if (!dropping) {
            text.lineEnd();
        }
    }

    @Override
    public void end() {
        text.lineEnd();
    }

    private void flush() {
        byte[] bytes = line.toByteArray();
        line.reset();
        if (!inLongLine && bytes[0] != ' ' && bytes[0] != '\t') {
            dropping = DROPPED.contains(name(bytes));
        }
        if (!dropping) {
            for (byte octet : bytes) {
                text.octet(octet);
            }
        }
    }

    private static String name(byte[] field) {
        int end = 0;
        while (end < field.length && field[end] != ':') {
            end++;
        }
        return new String(field, 0, end, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    }

    /** The hash of what was taken. For once. */
    ContentHash hash() {
        lines.close();
        text.endLastLine();
        return text.hash();
    }
}
