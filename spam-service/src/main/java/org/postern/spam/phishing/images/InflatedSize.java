package org.postern.spam.phishing.images;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Counts what the deflated streams of a PDF file become, without keeping any of it. Streams are found by their keyword and not by
 * the tables of the file: a reader that mends broken files finds them so too. A file whose streams have another filter that makes
 * much of little, or several, is not counted.
 */
final class InflatedSize {
    private static final byte[] KEYWORD = {'s', 't', 'r', 'e', 'a', 'm'};
    private static final Set<String> FILTERS = Set.of("FlateDecode", "DCTDecode", "JPXDecode", "JBIG2Decode");
    private static final int LONGEST_NAME = 20;
    /** The library leaves the two bytes of the header unread, and so believes wrong ones. */
    private static final int ZLIB_HEADER = 2;

    private static final int MOST_PICTURES = 200;
    private static final int BUFFER = 64 * 1024;

    private InflatedSize() {}

    /** Whether all streams together become no more than that many bytes. */
    static boolean isAtMost(long most, byte[] file) throws IOException {
        return hasPlainFilters(file) && streamsAreAtMost(most, file);
    }

    private static boolean streamsAreAtMost(long most, byte[] file) throws IOException {
        int pictures = 0;
        byte[] buffer = new byte[BUFFER];
        long room = most;
        int work = 2 * file.length;
        for (int at = 0; at + KEYWORD.length < file.length && room >= 0; at++) {
            if (!isKeyword(file, at)) {
                continue;
            }
            int begin = begin(file, at + KEYWORD.length);
            if (isPicture(file, pastSpace(file, begin))) {
                if (pictures++ >= MOST_PICTURES
                        || !QrCodes.isSmall(new ByteArrayInputStream(file, pastSpace(file, begin), file.length))) {
                    return false;
                }
                continue;
            }
            begin = Math.min(file.length, begin + ZLIB_HEADER);
            Inflater inflater = new Inflater(true);
            try {
                inflater.setInput(file, begin, file.length - begin);
                room -= inflated(inflater, buffer, room);
                // Streams inside of streams would be read again and again.
                work -= (int) inflater.getBytesRead();
                if (work < 0) {
                    return false;
                }
            } finally {
                inflater.end();
            }
        }
        return room >= 0;
    }

    /** As the library does it: blanks, and one end of a line. */
    private static int begin(byte[] file, int from) {
        int at = from;
        while (at < file.length && file[at] == ' ') {
            at++;
        }
        if (at < file.length && file[at] == '\r') {
            at++;
        }
        return at < file.length && file[at] == '\n' ? at + 1 : at;
    }

    private static long inflated(Inflater inflater, byte[] buffer, long room) {
        long size = 0;
        try {
            while (!inflater.finished() && size <= room) {
                int some = inflater.inflate(buffer);
                if (some == 0) {
                    return size;
                }
                size += some;
            }
        } catch (DataFormatException e) {
            // No deflated stream, or no longer one: the library keeps what it had until here.
        }
        return size;
    }

    /** Whether every filter of the file is a single one that we know, named where it stands. */
    private static boolean hasPlainFilters(byte[] file) {
        for (int at = 0; at < file.length; at++) {
            if (file[at] == '/') {
                StringBuilder name = new StringBuilder();
                int end = name(file, at + 1, name);
                if (name.toString().equals("Filter") && !isPlain(file, end)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isPlain(byte[] file, int from) {
        int at = pastSpace(file, from);
        boolean several = at < file.length && file[at] == '[';
        if (several) {
            at = pastSpace(file, at + 1);
        }
        if (at >= file.length || file[at] != '/') {
            return false;
        }
        StringBuilder name = new StringBuilder();
        at = name(file, at + 1, name);
        return FILTERS.contains(name.toString())
                && (!several || pastSpace(file, at) < file.length && file[pastSpace(file, at)] == ']');
    }

    /** Reads a name, whose letters may be written as numbers, and tells where it ends or is too long for any we know. */
    private static int name(byte[] file, int from, StringBuilder name) {
        int at = from;
        while (at < file.length && name.length() < LONGEST_NAME && isOfName(file[at])) {
            boolean number = file[at] == '#'
                    && at + 2 < file.length
                    && Character.digit(file[at + 1], 16) >= 0
                    && Character.digit(file[at + 2], 16) >= 0;
            name.append((char)
                    (number
                            ? Integer.parseInt(new String(file, at + 1, 2, StandardCharsets.ISO_8859_1), 16)
                            : file[at] & 0xff));
            at += number ? 3 : 1;
        }
        return at;
    }

    private static boolean isOfName(byte b) {
        return b > ' ' && "/[]<>(){}%".indexOf(b) < 0 || b < 0;
    }

    private static int pastSpace(byte[] file, int from) {
        int at = from;
        while (at < file.length && (isSpace(file[at]) || file[at] == 0 || file[at] == '\f')) {
            at++;
        }
        return at;
    }

    private static boolean isPicture(byte[] file, int at) {
        return at + 1 < file.length && (file[at] & 0xff) == 0xff && (file[at + 1] & 0xff) == 0xd8;
    }

    private static boolean isKeyword(byte[] file, int at) {
        for (int i = 0; i < KEYWORD.length; i++) {
            if (file[at + i] != KEYWORD[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
