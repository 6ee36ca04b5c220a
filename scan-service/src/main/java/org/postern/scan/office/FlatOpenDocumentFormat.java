package org.postern.scan.office;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.FormatReader;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.Opened;

/** OpenDocument as one XML file: its macros are elements of it. */
public final class FlatOpenDocumentFormat implements FormatReader {
    private static final int OVERLAP = 64;

    @Override
    public boolean reads(String mediaType, Label label) {
        return mediaType.startsWith("application/vnd.oasis.opendocument.") && mediaType.contains(".flat.");
    }

    @Override
    public void read(Content content, Opened opened) throws IOException {
        try (InputStream bytes = content.open()) {
            byte[] chunk = new byte[32 * 1024];
            String before = "";
            for (int n = bytes.readNBytes(chunk, 0, chunk.length);
                    n > 0;
                    n = bytes.readNBytes(chunk, 0, chunk.length)) {
                String now = before + new String(chunk, 0, n, StandardCharsets.ISO_8859_1);
                if (now.contains("<ooo:module") || now.contains("<office:script ") || now.contains("<script:module")) {
                    opened.found("macro", "a macro of OpenDocument");
                    return;
                }
                before = now.substring(Math.max(0, now.length() - OVERLAP));
            }
        }
    }
}
