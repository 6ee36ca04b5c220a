package org.postern.scan.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks for ASCII words in a text that passes by, whatever their case and whether a character has one byte or two. */
final class Words {
    private static final int OVERLAP = 32;

    private final List<String> wanted;
    private final Set<String> found = new HashSet<>();

    Words(String... wanted) {
        this.wanted = List.of(wanted);
    }

    void read(InputStream text) throws IOException {
        byte[] chunk = new byte[32 * 1024];
        String before = "";
        for (int n = text.readNBytes(chunk, 0, chunk.length); n > 0; n = text.readNBytes(chunk, 0, chunk.length)) {
            String now = before + ascii(chunk, n);
            for (String word : wanted) {
                if (!found.contains(word) && now.contains(word)) {
                    found.add(word);
                }
            }
            before = now.substring(Math.max(0, now.length() - OVERLAP));
        }
    }

    boolean has(String word) {
        return found.contains(word);
    }

    private static String ascii(byte[] chunk, int length) {
        byte[] kept = new byte[length];
        int count = 0;
        for (int i = 0; i < length; i++) {
            // NUL is the other half of UTF-16; blanks around an equals sign mean nothing.
            if (chunk[i] != 0) {
                kept[count++] = chunk[i];
            }
        }
        return new String(kept, 0, count, StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .replace(" =", "=")
                .replace("= ", "=");
    }
}
