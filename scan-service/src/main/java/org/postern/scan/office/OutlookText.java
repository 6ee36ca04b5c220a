package org.postern.scan.office;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.DocumentEntry;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.jspecify.annotations.Nullable;

/** Texts among the properties of an Outlook message (MS-OXMSG 2.4.2): in UTF-16 under 001F, else in some code page. */
final class OutlookText {
    private static final int LONGEST = 4096;

    private OutlookText() {}

    /** @param property four hexadecimal digits */
    static @Nullable String of(DirectoryEntry directory, String property) throws IOException {
        byte[] wide = read(directory, "__substg1.0_" + property + "001F");
        if (wide != null) {
            return new String(wide, StandardCharsets.UTF_16LE);
        }
        byte[] narrow = read(directory, "__substg1.0_" + property + "001E");
        return narrow == null ? null : new String(narrow, StandardCharsets.ISO_8859_1);
    }

    private static byte @Nullable [] read(DirectoryEntry directory, String name) throws IOException {
        if (!directory.hasEntryCaseInsensitive(name)
                || !(directory.getEntryCaseInsensitive(name) instanceof DocumentEntry document)) {
            return null;
        }
        try (InputStream bytes = new DocumentInputStream(document)) {
            return bytes.readNBytes(LONGEST);
        }
    }
}
