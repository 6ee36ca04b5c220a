package org.postern.render.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.postern.render.HtmlSanitizer;

/** By which rules renditions are made: what was kept under others is not found. */
final class RenditionRules {
    /**
     * Raised with every change of what renditions say, whether of our own or of a library. {@code RenditionRulesTest} notices
     * where that was forgotten.
     */
    static final int VERSION = 2;

    private static final List<String> TABLES =
            List.of("/trackers.yaml", "/redirectors.yaml", "/org/postern/render/css/properties.txt");

    private RenditionRules() {}

    /** @param release of the suite */
    static String now(String release) {
        return release + " " + VERSION + " " + HexFormat.of().formatHex(tables());
    }

    private static byte[] tables() {
        try {
            MessageDigest sum = MessageDigest.getInstance("SHA-256");
            for (String table : TABLES) {
                try (InputStream in = Objects.requireNonNull(HtmlSanitizer.class.getResourceAsStream(table), table)) {
                    sum.update(in.readAllBytes());
                }
            }
            return sum.digest();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the tables of the sanitizer cannot be read", e);
        }
    }
}
