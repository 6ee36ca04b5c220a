package org.postern.scan.tika;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.postern.scan.inspection.TypeDetector;

/** The magic numbers of Apache Tika. Names are not shown to it: what a name says is what is to be checked. */
public final class TikaTypeDetector implements TypeDetector {
    private static final String ZIP = "application/zip";
    private static final String OOXML = "application/x-tika-ooxml";
    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

    /** What is inside tells the kind of a ZIP; the first that fits. */
    private static final Map<String, String> KINDS_OF_OOXML = Map.of(
            "word/", OFFICE + "wordprocessingml.document",
            "xl/", OFFICE + "spreadsheetml.sheet",
            "ppt/", OFFICE + "presentationml.presentation");

    private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

    @Override
    public String detect(byte[] head) {
        try {
            String type = types.detect(new ByteArrayInputStream(head), new Metadata())
                    .getBaseType()
                    .toString()
                    .toLowerCase(Locale.ROOT);
            if (isByChance(type, head)) {
                return MimeTypes.OCTET_STREAM;
            }
            return type.equals(ZIP) || type.equals(OOXML) ? kindOfZip(type, head) : type;
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can always be read", e);
        }
    }

    /**
     * Whether bytes begin like a packed file and are none: two bytes are its whole magic number, which one of 65 536 files of
     * random bytes has. No program unpacks anything of what is called so here.
     */
    private static boolean isByChance(String type, byte[] head) {
        return switch (type) {
            // RFC 1952: method 8 is the only one there is.
            case "application/gzip", "application/x-gzip" -> head.length > 2 && head[2] != 8;
            // At most 16 bits a code, and the first code, of 9 bits, is a byte.
            case "application/x-compress" -> head.length > 4 && ((head[2] & 0x1f) > 16 || (head[4] & 1) != 0);
            default -> false;
        };
    }

    private static String kindOfZip(String type, byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.contains("[Content_Types].xml")) {
            return KINDS_OF_OOXML.entrySet().stream()
                    .filter(kind -> text.contains(kind.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(OOXML);
        }
        if (text.contains("AndroidManifest.xml")) {
            return "application/vnd.android.package-archive";
        }
        return text.contains("META-INF/MANIFEST.MF") ? "application/java-archive" : type;
    }
}
