package org.postern.scan.pdf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.postern.scan.inspection.Opened;

/**
 * Whether the streams that hold a PDF's own objects (ISO 32000, 7.5.7 and 7.5.8) unpack to more than can be held. The library unpacks
 * each into memory as a whole when it reads the file, before anybody can stop it, so they are unpacked and counted here first.
 */
final class PackedObjects {
    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "endstream".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OBJECT = "obj".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_DICTIONARY = 64 * 1024;

    /** Of what is encrypted, or packed in another way, only this much is given to the library: it cannot grow beyond a thousandfold. */
    private static final int MOST_UNKNOWN = 64 * 1024;

    /** A name may be written with escapes; what has some may be anything. */
    private static final Pattern OF_OBJECTS = Pattern.compile("ObjStm|XRef|/[^\\s/]*#");

    private static final Pattern SEVERAL_FILTERS = Pattern.compile("/Filter\\s*\\[\\s*/[^\\]/]*/");

    private final ByteBuffer file;
    private final int most;
    private final Opened opened;

    private PackedObjects(ByteBuffer file, int most, Opened opened) {
        this.file = file;
        this.most = most;
        this.opened = opened;
    }

    /** @param most bytes that one may unpack to */
    static boolean areTooLarge(Path pdf, int most, Opened opened) throws IOException {
        try (FileChannel channel = FileChannel.open(pdf)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return new PackedObjects(bytes, most, opened).areTooLarge();
        }
    }

    private boolean areTooLarge() throws IOException {
        int last = 0;
        for (int at = find(STREAM, 0); at >= 0; at = find(STREAM, at + STREAM.length)) {
            opened.tick();
            boolean end = at >= 3 && startsWith(END, at - 3);
            if (!end && OF_OBJECTS.matcher(dictionary(last, at)).find() && isTooLarge(last, at)) {
                return true;
            }
            last = at + STREAM.length;
        }
        return false;
    }

    private boolean isTooLarge(int last, int at) throws IOException {
        int start = at + STREAM.length;
        while (start < file.limit() && (file.get(start) == '\r' || file.get(start) == '\n')) {
            start++;
        }
        int end = find(END, start);
        int length = (end < 0 ? file.limit() : end) - start;
        if (SEVERAL_FILTERS.matcher(dictionary(last, at)).find()) {
            return length > MOST_UNKNOWN;
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(file.slice(start, length));
            byte[] into = new byte[64 * 1024];
            long size = 0;
            for (int n = inflater.inflate(into); n > 0 && size <= most; n = inflater.inflate(into)) {
                size += n;
                opened.tick();
            }
            return size > most;
        } catch (DataFormatException e) {
            return length > MOST_UNKNOWN;
        } finally {
            inflater.end();
        }
    }

    /** What stands between the beginning of the object, or the stream before, and here. */
    private String dictionary(int last, int at) {
        int from = Math.max(last, at - LONGEST_DICTIONARY);
        for (int i = at - OBJECT.length; i > from; i--) {
            if (startsWith(OBJECT, i)) {
                from = i;
                break;
            }
        }
        byte[] text = new byte[at - from];
        file.get(from, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private int find(byte[] word, int from) {
        for (int i = from; i <= file.limit() - word.length; i++) {
            if (file.get(i) == word[0] && startsWith(word, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean startsWith(byte[] word, int at) {
        if (at < 0 || at + word.length > file.limit()) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (file.get(at + i) != word[i]) {
                return false;
            }
        }
        return true;
    }
}
