package org.postern.scan.office;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.FormatReader;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.Opened;

/** RTF: objects that are in it, templates that it fetches, DDE. */
public final class RtfFormat implements FormatReader {
    private static final int WINDOW = 2048;

    @Override
    public boolean reads(String mediaType, Label label) {
        return mediaType.equals("application/rtf") || mediaType.equals("text/rtf");
    }

    @Override
    public void read(Content content, Opened opened) throws IOException {
        try (InputStream bytes = content.open()) {
            byte[] chunk = new byte[32 * 1024];
            String before = "";
            for (int n = bytes.readNBytes(chunk, 0, chunk.length);
                    n > 0;
                    n = bytes.readNBytes(chunk, 0, chunk.length)) {
                String now = before + new String(chunk, 0, n, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
                look(now, opened);
                before = now.substring(Math.max(0, now.length() - WINDOW));
            }
        }
        objects(content, opened);
    }

    private static void look(String text, Opened opened) {
        int template = text.indexOf("\\*\\template");
        if (template >= 0) {
            String target = text.substring(template, Math.min(text.length(), template + 300));
            if (target.contains("http") || target.contains("\\\\\\\\") || target.contains("\\'68\\'74")) {
                opened.found("external-template", "of an RTF");
            }
        }
        if (text.contains("ddeauto")) {
            opened.found("dde", "a field of an RTF");
        }
        if (text.contains("\\objupdate") || text.contains("equation.3")) {
            opened.found("object-runs-itself", "of an RTF");
        }
    }

    /** Every object is looked at by itself: most are compound files. */
    private static void objects(Content content, Opened opened) throws IOException {
        try (InputStream bytes = content.open()) {
            RtfObjects objects = new RtfObjects(bytes);
            while (objects.next()) {
                opened.found("embedded-object", "of an RTF");
                try (InputStream object = new NotClosed(objects.data())) {
                    opened.entry(Label.none(), object, Opened.UNKNOWN);
                }
            }
        }
    }

    private static final class NotClosed extends FilterInputStream {
        NotClosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
