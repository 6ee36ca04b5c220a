package org.postern.scan.office;

import java.io.IOException;
import java.io.InputStream;

/**
 * The data of the objects in an RTF, one after the other: hexadecimal digits after {@code \objdata}, with anything between
 * them that readers pass over. What comes before the compound file in it (MS-OLEDS 2.2.4) is left out.
 */
final class RtfObjects {
    private static final String WORD = "\\objdata";
    private static final byte[] COMPOUND = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};
    private static final int LONGEST_HEADER = 512;

    private final InputStream rtf;
    private int pushed = -1;

    RtfObjects(InputStream rtf) {
        this.rtf = rtf;
    }

    /** Whether there is one more; its data is next. */
    boolean next() throws IOException {
        int matched = 0;
        for (int octet = octet(); octet >= 0; octet = octet()) {
            matched = octet == WORD.charAt(matched) ? matched + 1 : octet == '\\' ? 1 : 0;
            if (matched == WORD.length()) {
                return true;
            }
        }
        return false;
    }

    /** The bytes of the object. */
    InputStream data() throws IOException {
        Hex hex = new Hex();
        byte[] start = hex.readNBytes(LONGEST_HEADER);
        int from = 0;
        for (int i = 0; i + COMPOUND.length <= start.length; i++) {
            if (start[i] == COMPOUND[0]
                    && start[i + 1] == COMPOUND[1]
                    && start[i + 2] == COMPOUND[2]
                    && start[i + 3] == COMPOUND[3]) {
                from = i;
                break;
            }
        }
        return new java.io.SequenceInputStream(new java.io.ByteArrayInputStream(start, from, start.length - from), hex);
    }

    private int octet() throws IOException {
        if (pushed >= 0) {
            int octet = pushed;
            pushed = -1;
            return octet;
        }
        return rtf.read();
    }

    /** Digits until the group ends or another control word comes. */
    private final class Hex extends InputStream {
        private boolean ended;

        @Override
        public int read() throws IOException {
            int high = digit();
            int low = digit();
            return high < 0 || low < 0 ? -1 : high << 4 | low;
        }

        private int digit() throws IOException {
            while (!ended) {
                int octet = octet();
                int value = octet < 0 ? -1 : Character.digit(octet, 16);
                if (value >= 0) {
                    return value;
                }
                if (octet < 0 || octet == '}' || octet == '\\') {
                    pushed = octet;
                    ended = true;
                }
            }
            return -1;
        }
    }
}
