package org.postern.message.milter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One frame of the protocol: a letter and its data. The data is bytes: what a header holds need not be text. */
final class Packet {
    private final byte code;
    private final byte[] data;

    Packet(byte code, byte[] data) {
        this.code = code;
        this.data = data;
    }

    byte code() {
        return code;
    }

    /** The data itself and no copy of it: bodies pass through here. */
    byte[] data() {
        return data;
    }

    /** The strings that the data from that offset on consists of, each ended by a NUL. */
    List<byte[]> strings(int from) throws MalformedPacketException {
        List<byte[]> strings = new ArrayList<>();
        int start = from;
        for (int i = from; i < data.length; i++) {
            if (data[i] == 0) {
                strings.add(Arrays.copyOfRange(data, start, i));
                start = i + 1;
            }
        }
        if (start != data.length) {
            throw new MalformedPacketException("a string without its end");
        }
        return strings;
    }

    /** Bytes as text in which each byte is a character, and so can be told apart and written back. */
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
