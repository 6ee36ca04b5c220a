package org.postern.scan.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * XML of which no single piece is longer than a parser may hold: parsers put a tag, a comment or a section together in memory before
 * anybody can stop them. A piece ends where the next begins. In an encoding in which that cannot be seen by the bytes the whole is one
 * piece.
 */
final class BoundedXml extends FilterInputStream {
    private static final int DECLARATION = 200;
    private static final Pattern OTHER_ENCODING =
            Pattern.compile("encoding\\s*=\\s*[\"'](?!(?i:utf-8|us-ascii|iso-8859-1)[\"'])", Pattern.CASE_INSENSITIVE);

    private enum Inside {
        NOTHING(""),
        COMMENT("-->"),
        SECTION("]]>"),
        INSTRUCTION("?>");

        private final byte[] end;

        Inside(String end) {
            this.end = end.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static final byte[] COMMENT = "<!--".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECTION = "![CDATA[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INSTRUCTION = "<?".getBytes(StandardCharsets.US_ASCII);

    private final int most;
    private final byte[] head = new byte[DECLARATION];
    private int headLength;
    private boolean whole;
    private Inside inside = Inside.NOTHING;
    private long window;
    private long since;

    /** @param most bytes of one piece */
    BoundedXml(InputStream xml, int most) {
        super(xml);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int n = super.read(into, offset, length);
        for (int i = offset; i < offset + n; i++) {
            take(into[i]);
            if (since > most) {
                throw new TooLongException();
            }
        }
        return n;
    }

    private void take(byte next) {
        window = (window << 8) | (next & 0xff);
        since++;
        if (headLength < DECLARATION) {
            head[headLength++] = next;
            if (headLength == DECLARATION) {
                whole = isUnclear();
            }
        }
        if (whole) {
            return;
        }
        if (inside != Inside.NOTHING) {
            if (endsWith(inside.end)) {
                inside = Inside.NOTHING;
                since = 0;
            }
        } else if (next == '<') {
            since = 0;
        } else if (endsWith(COMMENT)) {
            inside = Inside.COMMENT;
        } else if (endsWith(SECTION)) {
            inside = Inside.SECTION;
        } else if (endsWith(INSTRUCTION)) {
            inside = Inside.INSTRUCTION;
        }
    }

    private boolean isUnclear() {
        boolean bytes = (head[0] == '<' && head[1] != 0)
                || (head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf)
                || Character.isWhitespace(head[0]);
        return !bytes
                || OTHER_ENCODING
                        .matcher(new String(Arrays.copyOf(head, headLength), StandardCharsets.ISO_8859_1))
                        .find();
    }

    private boolean endsWith(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if ((byte) (window >> (8 * (text.length - 1 - i))) != text[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** There is a longer one. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("a piece of XML that is too long to be held");
        }
    }
}
