package org.postern.scan.archive;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.jspecify.annotations.Nullable;

/**
 * How much work the keys of a 7z take: a password is hashed two to the power of a number that the archive names (7zFormat.txt, coder
 * 06F10701), and up to 62 is done by the library without asking. Whatever cannot be told takes too much.
 */
final class SevenZipKeys {
    /** Programs write 19, which takes a fraction of a second. */
    private static final int MOST_CYCLES_POWER = 22;

    private static final byte[] AES = {6, (byte) 0xf1, 7, 1};
    private static final int CYCLES_POWER = 0x3f;
    private static final int COMPLEX_CODER = 0x10;
    private static final int START_HEADER = 32;
    private static final int NEXT_HEADER = 12;
    private static final int LONGEST_ENCRYPTED_HEADER = 64 * 1024;

    private SevenZipKeys() {}

    /** Of an archive whose header can be read. The library keeps the coders to itself. */
    static boolean takeLittle(SevenZFile archive) {
        try {
            Object[] folders = array(field(field(archive, "archive"), "folders"));
            for (Object folder : folders) {
                for (Object coder : array(field(folder, "coders"))) {
                    byte[] method = (byte[]) field(coder, "decompressionMethodId");
                    byte[] properties = (byte[]) field(coder, "properties");
                    if (Arrays.equals(method, AES) && !takesLittle(properties)) {
                        return false;
                    }
                }
            }
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }

    /** Of an archive whose header is encrypted, with a header before it that says how. */
    static boolean takeLittle(Path file) throws IOException {
        byte[] header;
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer start = ByteBuffer.allocate(START_HEADER).order(ByteOrder.LITTLE_ENDIAN);
            readFully(channel, start, 0);
            long at = START_HEADER + start.getLong(NEXT_HEADER);
            long size = start.getLong(NEXT_HEADER + Long.BYTES);
            if (size <= 0 || size > LONGEST_ENCRYPTED_HEADER || at < START_HEADER || at > channel.size() - size) {
                return false;
            }
            ByteBuffer next = ByteBuffer.allocate((int) size);
            readFully(channel, next, at);
            header = next.array();
        }
        boolean found = false;
        for (int i = 1; i + AES.length + 1 < header.length; i++) {
            if (Arrays.equals(header, i, i + AES.length, AES, 0, AES.length)) {
                found = true;
                if ((header[i - 1] & COMPLEX_CODER) != 0 || !takesLittle(header[i + AES.length + 1])) {
                    return false;
                }
            }
        }
        return found;
    }

    private static boolean takesLittle(byte @Nullable [] properties) {
        return properties != null && properties.length > 0 && takesLittle(properties[0]);
    }

    private static boolean takesLittle(byte first) {
        return (first & CYCLES_POWER) <= MOST_CYCLES_POWER;
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long from) throws IOException {
        long at = from;
        while (into.hasRemaining()) {
            int n = channel.read(into, at);
            if (n < 0) {
                throw new IOException("a 7z that ends early");
            }
            at += n;
        }
    }

    private static Object field(@Nullable Object of, String name) throws ReflectiveOperationException {
        if (of == null) {
            throw new NoSuchFieldException(name);
        }
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }

    private static Object[] array(@Nullable Object array) {
        if (array == null) {
            return new Object[0];
        }
        Object[] all = new Object[Array.getLength(array)];
        for (int i = 0; i < all.length; i++) {
            all[i] = Array.get(array, i);
        }
        return all;
    }
}
