package org.postern.scan.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.FormatReader;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.Opened;

/**
 * RAR, by its headers: names, and whether it is encrypted. There is no free program that unpacks it and that we could
 * build on, so its contents are the engine's, if that has its module for it.
 */
public final class RarFormat implements FormatReader {
    private static final int SIGNATURE_4 = 7;
    private static final int SIGNATURE_5 = 8;
    private static final int MAIN_4 = 0x73;
    private static final int FILE_4 = 0x74;
    private static final int END_4 = 0x7b;

    @Override
    public boolean reads(String mediaType, Label label) {
        return mediaType.startsWith("application/x-rar-compressed") || mediaType.equals("application/vnd.rar");
    }

    @Override
    public void read(Content content, Opened opened) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(content.file().toFile(), "r")) {
            byte[] signature = new byte[SIGNATURE_5];
            file.readFully(signature);
            boolean five = signature[6] == 1;
            file.seek(five ? SIGNATURE_5 : SIGNATURE_4);
            boolean encrypted = five ? new Rar5(file, opened).read() : readFour(file, opened);
            if (encrypted) {
                opened.staysEncrypted("RAR");
            }
        } catch (EOFException e) {
            throw new IOException("the RAR ends too early", e);
        }
    }

    private static boolean readFour(RandomAccessFile file, Opened opened) throws IOException {
        boolean encrypted = false;
        while (file.getFilePointer() + 7 <= file.length()) {
            long start = file.getFilePointer();
            file.skipBytes(2);
            int type = file.readUnsignedByte();
            int flags = little(file, 2);
            int size = little(file, 2);
            if (size < 7) {
                throw new IOException("a header of the RAR is too short");
            }
            if (type == MAIN_4 && (flags & 0x80) != 0) {
                return true;
            }
            long added = 0;
            if (type == FILE_4 || (flags & 0x8000) != 0) {
                added = little(file, 4) & 0xffffffffL;
            }
            if (type == FILE_4) {
                encrypted |= (flags & 0x04) != 0;
                added += entryFour(file, flags, opened);
            }
            if (type == END_4) {
                return encrypted;
            }
            file.seek(start + size + added);
        }
        return encrypted;
    }

    /** The name of a file; gives the high half of its packed size. */
    private static long entryFour(RandomAccessFile file, int flags, Opened opened) throws IOException {
        file.skipBytes(4 + 1 + 4 + 4 + 1 + 1);
        int nameLength = little(file, 2);
        file.skipBytes(4);
        long high = 0;
        if ((flags & 0x100) != 0) {
            high = (little(file, 4) & 0xffffffffL) << 32;
            file.skipBytes(4);
        }
        byte[] name = new byte[nameLength];
        file.readFully(name);
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        opened.unreadableEntry(new String(name, 0, end, StandardCharsets.UTF_8));
        return high;
    }

    private static int little(RandomAccessFile file, int bytes) throws IOException {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= file.readUnsignedByte() << (8 * i);
        }
        return value;
    }

    /** The headers of RAR 5, which are made of numbers of variable length. */
    private record Rar5(RandomAccessFile file, Opened opened) {
        private static final int FILE = 2;
        private static final int ENCRYPTION = 4;
        private static final int END = 5;
        private static final int HAS_EXTRA = 1;
        private static final int HAS_DATA = 2;

        boolean read() throws IOException {
            boolean encrypted = false;
            while (file.getFilePointer() + 6 <= file.length()) {
                file.skipBytes(4);
                long size = number();
                long start = file.getFilePointer();
                long type = number();
                if (type == ENCRYPTION) {
                    return true;
                }
                long flags = number();
                long extra = (flags & HAS_EXTRA) == 0 ? 0 : number();
                long data = (flags & HAS_DATA) == 0 ? 0 : number();
                if (type == FILE) {
                    name();
                    encrypted |= extra > 0 && isEncrypted(start + size - extra, start + size);
                }
                long next = start + size + data;
                if (type == END) {
                    return encrypted;
                }
                if (size <= 0 || data < 0 || next <= start || next > file.length()) {
                    throw new IOException("a header of the RAR points outside of it");
                }
                file.seek(next);
            }
            return encrypted;
        }

        private void name() throws IOException {
            long flags = number();
            number();
            number();
            file.skipBytes(((flags & 2) == 0 ? 0 : 4) + ((flags & 4) == 0 ? 0 : 4));
            number();
            number();
            long length = number();
            if (length < 0 || length > 0xffff) {
                throw new IOException("a name of the RAR is too long");
            }
            byte[] name = new byte[(int) length];
            file.readFully(name);
            opened.unreadableEntry(new String(name, StandardCharsets.UTF_8));
        }

        /** Whether one of the extra records is that of encryption. */
        private boolean isEncrypted(long from, long to) throws IOException {
            file.seek(from);
            while (file.getFilePointer() < to) {
                long size = number();
                long start = file.getFilePointer();
                if (number() == 1) {
                    return true;
                }
                if (size <= 0) {
                    throw new IOException("a record of the RAR is too short");
                }
                file.seek(start + size);
            }
            return false;
        }

        private long number() throws IOException {
            long value = 0;
            for (int shift = 0; shift < 63; shift += 7) {
                int octet = file.readUnsignedByte();
                value |= (long) (octet & 0x7f) << shift;
                if ((octet & 0x80) == 0) {
                    return value;
                }
            }
            throw new IOException("a number of the RAR is too long");
        }
    }
}
