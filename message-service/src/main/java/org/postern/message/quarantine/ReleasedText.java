package org.postern.message.quarantine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Set;
import org.postern.events.ContentHash;

/**
 * The hash that a pass is bound to: over the octets of a mail, apart from what mail servers change on the way. Line ends
 * are CRLF and there is one at the end, as in the canonical form {@code simple} of RFC 6376, 3.4.3; the fields that Postfix
 * drops ({@code message_drop_headers}) do not count.
 */
final class ReleasedText {
    private static final Set<String> DROPPED = Set.of("bcc", "content-length", "resent-bcc", "return-path");
    /** A line of the head that is longer is no field that counts as dropped. */
    private static final int LONGEST = 64 * 1024;

    private static final int BUFFER = 16 * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final MessageDigest digest;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean inHead = true;
    private boolean dropping;
    private boolean inLongLine;
    private boolean afterReturn;
    private boolean written;
    private long lineEnds;

    ReleasedText() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The hash of a whole mail, which is not closed. */
    static ContentHash hash(InputStream mail) throws IOException {
        ReleasedText text = new ReleasedText();
        byte[] buffer = new byte[BUFFER];
        for (int n = mail.read(buffer); n >= 0; n = mail.read(buffer)) {
            text.take(buffer, 0, n);
        }
        return text.hash();
    }

    void take(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            take(bytes[i]);
        }
    }

    private void take(byte octet) {
        if (octet == '\n') {
            afterReturn = false;
            endLine();
            return;
        }
        if (afterReturn) {
            put((byte) '\r');
        }
        afterReturn = octet == '\r';
        if (!afterReturn) {
            put(octet);
        }
    }

    private void put(byte octet) {
        if (inHead) {
            line.write(octet);
            if (line.size() > LONGEST) {
                flushHeadLine();
            }
        } else {
            update(octet);
        }
    }

    private void endLine() {
        if (inHead) {
            boolean last = line.size() == 0 && !inLongLine;
            flushHeadLine();
            inLongLine = false;
            if (!dropping) {
                lineEnds++;
            }
            if (last) {
                inHead = false;
                dropping = false;
            }
        } else {
            lineEnds++;
        }
    }

    private void flushHeadLine() {
        byte[] bytes = line.toByteArray();
        line.reset();
        boolean begins = !inLongLine;
        inLongLine = bytes.length > LONGEST || inLongLine;
        if (begins && (bytes.length == 0 || bytes[0] != ' ' && bytes[0] != '\t')) {
            dropping = DROPPED.contains(name(bytes));
        }
        if (!dropping) {
            for (byte octet : bytes) {
                update(octet);
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

    private void update(byte octet) {
        for (; lineEnds > 0; lineEnds--) {
            digest.update(LINE_END);
        }
        written = true;
        digest.update(octet);
    }

    /** The hash of what was taken. For once. */
    ContentHash hash() {
        if (afterReturn) {
            put((byte) '\r');
        }
        if (inHead) {
            flushHeadLine();
        }
        if (written) {
            digest.update(LINE_END);
        }
        return ContentHash.ofDigest(digest.digest());
    }
}
