package org.postern.scan.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The central directory of a ZIP (APPNOTE 4.3.12), counted before a library builds objects of it, and held against the
 * local headers: where the two have different names, scanners and programs that unpack see different files.
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_SIZE = 22;
    private static final int CENTRAL_SIZE = 46;
    private static final int LOCAL_SIZE = 30;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final long IN_64 = 0xffffffffL;

    private final RandomAccessFile file;
    private int entries;
    private boolean disagrees;

    private ZipDirectory(RandomAccessFile file) {
        this.file = file;
    }

    /**
     * Counts the directory.
     *
     * @param most entries after which no more are counted
     * @throws IOException where there is none
     */
    static ZipDirectory of(Path path, int most) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            ZipDirectory directory = new ZipDirectory(file);
            directory.read(most);
            return directory;
        }
    }

    int entries() {
        return entries;
    }

    boolean disagrees() {
        return disagrees;
    }

    private void read(int most) throws IOException {
        int tailSize = (int) Math.min(file.length(), END_SIZE + LONGEST_COMMENT);
        long tailStart = file.length() - tailSize;
        ByteBuffer tail = at(tailStart, tailSize);
        int end = tailSize - END_SIZE;
        while (end >= 0 && tail.getInt(end) != END) {
            end--;
        }
        if (end < 0) {
            throw new IOException("the ZIP has no end of its directory");
        }
        long size = tail.getInt(end + 12) & IN_64;
        long offset = tail.getInt(end + 16) & IN_64;
        long endAt = tailStart + end;
        if (offset == IN_64 || size == IN_64) {
            offset = offset64(tail, end);
            walk(offset, 0, most);
        } else {
            // What was put before the ZIP moves everything in it.
            walk(endAt - size, endAt - size - offset, most);
        }
    }

    private long offset64(ByteBuffer tail, int end) throws IOException {
        int locator = end - 20;
        if (locator < 0 || tail.getInt(locator) != LOCATOR_64) {
            throw new IOException("the ZIP64 has no locator");
        }
        ByteBuffer record = at(tail.getLong(locator + 8), 56);
        if (record.getInt(0) != END_64) {
            throw new IOException("the ZIP64 has no end of its directory");
        }
        return record.getLong(48);
    }

    private void walk(long start, long shift, int most) throws IOException {
        long at = start;
        while (entries <= most && at + CENTRAL_SIZE <= file.length()) {
            ByteBuffer header = at(at, CENTRAL_SIZE);
            if (header.getInt(0) != CENTRAL) {
                return;
            }
            entries++;
            int nameLength = header.getShort(28) & 0xffff;
            long local = header.getInt(42) & IN_64;
            if (local != IN_64 && !disagrees) {
                disagrees = !hasName(
                        local + shift, at(at + CENTRAL_SIZE, nameLength).array());
            }
            at += CENTRAL_SIZE + nameLength + (header.getShort(30) & 0xffff) + (header.getShort(32) & 0xffff);
        }
    }

    private boolean hasName(long local, byte[] name) throws IOException {
        ByteBuffer header = at(local, LOCAL_SIZE);
        return header.getInt(0) == LOCAL
                && (header.getShort(26) & 0xffff) == name.length
                && Arrays.equals(at(local + LOCAL_SIZE, name.length).array(), name);
    }

    private ByteBuffer at(long position, int size) throws IOException {
        if (position < 0 || position + size > file.length()) {
            throw new IOException("the ZIP points outside of itself");
        }
        byte[] bytes = new byte[size];
        file.seek(position);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
