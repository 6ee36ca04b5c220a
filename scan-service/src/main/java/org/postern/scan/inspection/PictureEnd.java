package org.postern.scan.inspection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notices what begins where a PNG or a BMP ends: programs that show pictures read no further, and programs that run or
 * unpack files look elsewhere. Sees each byte once and holds none but the next few.
 */
final class PictureEnd {
    /** What a file begins with, and what it is then; texts in lower case. */
    private static final Map<String, String> BEGINNINGS = new LinkedHashMap<>();

    static {
        BEGINNINGS.put("mz", "a program");
        BEGINNINGS.put("\u007felf", "a program");
        BEGINNINGS.put("rar!\u001a\u0007", "a RAR");
        BEGINNINGS.put("7z\u00bc\u00af'\u001c", "a 7z");
        BEGINNINGS.put("pk\u0003\u0004", "a ZIP");
        BEGINNINGS.put("#!", "a script");
        BEGINNINGS.put("<script", "a script");
        BEGINNINGS.put("<?php", "a script");
        BEGINNINGS.put("<html", "a page");
        BEGINNINGS.put("<!doctype html", "a page");
        BEGINNINGS.put("<hta:", "a page");
    }

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] LAST_CHUNK = {'I', 'E', 'N', 'D'};
    private static final int CHECKSUM = 4;
    private static final int HEAD = 8;
    private static final int LONGEST = 16;
    /** Of a BMP: its size, in four bytes from the third on, the last byte first. */
    private static final int SIZE_AT = 2;

    private final byte[] head = new byte[LONGEST];
    private int held;
    private long toPass;
    private State state = State.BEGINNING;

    private enum State {
        BEGINNING,
        CHUNK,
        LAST,
        BEHIND,
        NO_PICTURE
    }

    void take(byte[] from, int offset, int length) {
        int next = offset;
        int end = offset + length;
        while (next < end && state != State.NO_PICTURE) {
            if (toPass > 0) {
                int passed = (int) Math.min(toPass, end - next);
                toPass -= passed;
                next += passed;
            } else if (held < (state == State.BEHIND || state == State.LAST ? LONGEST : HEAD)) {
                state = state == State.LAST ? State.BEHIND : state;
                head[held++] = from[next++];
                step();
            } else {
                return;
            }
        }
    }

    private void step() {
        if (held < HEAD || state == State.BEHIND) {
            return;
        }
        if (state == State.BEGINNING) {
            begin();
        } else if (state == State.CHUNK) {
            long data = number(0, 1, 2, 3);
            boolean last = Arrays.equals(head, CHECKSUM, HEAD, LAST_CHUNK, 0, CHECKSUM);
            pass(data + CHECKSUM, last ? State.LAST : State.CHUNK);
        }
    }

    private void begin() {
        if (Arrays.equals(head, 0, HEAD, PNG, 0, HEAD)) {
            pass(0, State.CHUNK);
        } else if (head[0] == 'B' && head[1] == 'M') {
            long size = number(SIZE_AT + 3, SIZE_AT + 2, SIZE_AT + 1, SIZE_AT);
            if (size > HEAD) {
                pass(size - HEAD, State.LAST);
            } else {
                state = State.NO_PICTURE;
            }
        } else {
            state = State.NO_PICTURE;
        }
    }

    private void pass(long bytes, State then) {
        toPass = bytes;
        held = 0;
        state = then;
    }

    private long number(int first, int second, int third, int fourth) {
        return (head[first] & 0xffL) << 24
                | (head[second] & 0xffL) << 16
                | (head[third] & 0xffL) << 8
                | (head[fourth] & 0xffL);
    }

    /** What begins behind the picture; null where that is nothing known, or there is no picture. */
    @Nullable String behind() {
        if (state != State.BEHIND) {
            return null;
        }
        String begins = new String(head, 0, held, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return BEGINNINGS.entrySet().stream()
                .filter(one -> begins.startsWith(one.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
