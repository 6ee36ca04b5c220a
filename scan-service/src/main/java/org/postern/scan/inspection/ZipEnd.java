package org.postern.scan.inspection;

import java.util.Arrays;

/**
 * Looks for a ZIP at the end of what passes, wherever it begins: programs that open ZIPs look for its directory from the end, and
 * take whatever stands before it for nothing (APPNOTE 4.3.16). A directory is one where the record of its end points to an entry of
 * it, by its size or by its offset.
 */
final class ZipEnd {
    private static final int RECORD = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int MOST_ENTRIES = 1 << 16;
    private static final int PK = 0x504b0000;
    private static final int ENTRY = 0x0102;
    private static final int END = 0x0506;
    private static final long ZIP64 = 0xffffffffL;

    private final byte[] record = new byte[RECORD];
    private long[] entries = new long[16];
    private int known;
    private boolean tooMany;
    private int window;
    private int wanted;
    private long count;
    private long endOfLast = -1;
    private int commentOfLast;

    void take(byte[] from, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte next = from[i];
            if (wanted > 0) {
                record[RECORD - wanted] = next;
                if (--wanted == 0) {
                    end(count + (i - offset) + 1);
                }
            }
            window = (window << 8) | (next & 0xff);
            if ((window & 0xffff0000) == PK) {
                signature(window & 0xffff, count + (i - offset) - 3);
            }
        }
        count += length;
    }

    private void signature(int kind, long at) {
        if (kind == END) {
            record[0] = 'P';
            record[1] = 'K';
            record[2] = 5;
            record[3] = 6;
            wanted = RECORD - 4;
        } else if (kind == ENTRY && known == MOST_ENTRIES) {
            tooMany = true;
        } else if (kind == ENTRY) {
            entries = known == entries.length ? Arrays.copyOf(entries, 2 * known) : entries;
            entries[known++] = at;
        }
    }

    /** A record is here to its end, but for its comment. */
    private void end(long end) {
        long size = number(12);
        long offset = number(16);
        boolean directory = tooMany
                || (known > 0 && (size == ZIP64 || offset == ZIP64))
                || isEntry(end - RECORD - size)
                || isEntry(offset);
        if (directory) {
            endOfLast = end;
            commentOfLast = (record[20] & 0xff) | (record[21] & 0xff) << 8;
        }
    }

    private boolean isEntry(long at) {
        return Arrays.binarySearch(entries, 0, known, at) >= 0;
    }

    private long number(int at) {
        return (record[at] & 0xffL)
                | (record[at + 1] & 0xffL) << 8
                | (record[at + 2] & 0xffL) << 16
                | (record[at + 3] & 0xffL) << 24;
    }

    /** Whether it ends right here, with its comment. */
    boolean isExact() {
        return endOfLast >= 0 && endOfLast + commentOfLast == count;
    }

    /** Whether it ends so near that programs look for it. */
    boolean isNear() {
        return endOfLast >= 0 && count - endOfLast <= LONGEST_COMMENT;
    }
}
