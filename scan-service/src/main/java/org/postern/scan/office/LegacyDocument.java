package org.postern.scan.office;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.DocumentEntry;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.jspecify.annotations.Nullable;
import org.postern.scan.inspection.Opened;

/** Word, Excel and PowerPoint before 2007: whether they are encrypted, old macros, DDE. */
final class LegacyDocument {
    private static final int FILE_PASS = 0x2f;
    private static final int BOUND_SHEET = 0x85;
    private static final int SUP_BOOK = 0x1ae;
    private static final int MACRO_SHEET = 1;
    private static final long ENCRYPTED_PRESENTATION = 0xf3d1c4dfL;
    private static final int FIELD_BEGINS = 0x13;

    private final DirectoryEntry root;
    private final Opened opened;

    LegacyDocument(DirectoryEntry root, Opened opened) {
        this.root = root;
        this.opened = opened;
    }

    void look() throws IOException {
        DocumentEntry workbook = document("Workbook");
        if (workbook == null) {
            workbook = document("Book");
        }
        if (workbook != null) {
            workbook(workbook);
        }
        DocumentEntry word = document("WordDocument");
        if (word != null) {
            word(word);
        }
        DocumentEntry user = document("Current User");
        if (user != null) {
            presentation(user);
        }
    }

    private @Nullable DocumentEntry document(String name) throws IOException {
        return root.hasEntryCaseInsensitive(name) && root.getEntryCaseInsensitive(name) instanceof DocumentEntry found
                ? found
                : null;
    }

    /** The records of MS-XLS 2.1.4, of which only the first substream names the sheets. */
    private void workbook(DocumentEntry entry) throws IOException {
        try (InputStream in = new DocumentInputStream(entry)) {
            while (true) {
                int type = little(in);
                if (type < 0) {
                    return;
                }
                int size = little(in);
                if (size < 0) {
                    return;
                }
                byte[] record = in.readNBytes(size);
                if (type == FILE_PASS) {
                    opened.staysEncrypted("an Excel workbook");
                    return;
                }
                if (type == BOUND_SHEET && record.length > 5 && record[5] == MACRO_SHEET) {
                    opened.found(
                            "macro",
                            (record[4] & 3) == 0 ? "a sheet of Excel 4 macros" : "a hidden sheet of Excel 4 macros");
                }
                if (type == SUP_BOOK && isDde(record)) {
                    opened.found("dde", "a link of a workbook");
                }
            }
        } catch (EOFException e) {
            throw new IOException("the workbook ends too early", e);
        }
    }

    /** A DDE link has the program and its topic with a separator between (MS-XLS 2.5.277), and no sheets. */
    private static boolean isDde(byte[] record) {
        if (record.length < 6 || record[0] != 0 || record[1] != 0) {
            return false;
        }
        String path = new String(record, java.nio.charset.StandardCharsets.ISO_8859_1).replace("\0", "");
        int separator = path.indexOf('\u0003');
        return separator > 0 && !path.substring(0, separator).contains("\u0001");
    }

    private void word(DocumentEntry entry) throws IOException {
        try (InputStream in = new DocumentInputStream(entry)) {
            byte[] start = in.readNBytes(12);
            if (start.length == 12 && (start[11] & 1) != 0) {
                opened.staysEncrypted("a Word document");
                return;
            }
            if (hasDdeField(in)) {
                opened.found("dde", "a field of a document");
            }
        }
    }

    /** The mark that begins a field, and DDE after it, in characters of one byte or two. */
    private static boolean hasDdeField(InputStream in) throws IOException {
        byte[] chunk = new byte[32 * 1024];
        byte[] window = new byte[16];
        for (int n = in.read(chunk); n > 0; n = in.read(chunk)) {
            for (int i = 0; i < n; i++) {
                if (chunk[i] == 0) {
                    continue;
                }
                System.arraycopy(window, 1, window, 0, window.length - 1);
                window[window.length - 1] = chunk[i];
                if ((chunk[i] == 'E' || chunk[i] == 'e') && endsWithDde(window)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean endsWithDde(byte[] window) {
        int at = window.length - 3;
        if ((window[at] | 0x20) != 'd' || (window[at + 1] | 0x20) != 'd') {
            return false;
        }
        do {
            at--;
        } while (at >= 0 && window[at] == ' ');
        return at >= 0 && window[at] == FIELD_BEGINS;
    }

    private void presentation(DocumentEntry entry) throws IOException {
        try (InputStream in = new DocumentInputStream(entry)) {
            byte[] start = in.readNBytes(16);
            if (start.length == 16) {
                byte[] token = Arrays.copyOfRange(start, 12, 16);
                long value = (token[0] & 0xffL)
                        | (token[1] & 0xffL) << 8
                        | (token[2] & 0xffL) << 16
                        | (token[3] & 0xffL) << 24;
                if (value == ENCRYPTED_PRESENTATION) {
                    opened.staysEncrypted("a PowerPoint presentation");
                }
            }
        }
    }

    private static int little(InputStream in) throws IOException {
        int low = in.read();
        int high = in.read();
        return low < 0 || high < 0 ? -1 : low | high << 8;
    }
}
