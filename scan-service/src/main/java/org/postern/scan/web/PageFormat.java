package org.postern.scan.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.FormatReader;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.Opened;

/**
 * HTML and SVG that is attached: it is opened by a browser as a file, where nothing makes it harmless. Scripts build files
 * out of it that no gateway has seen; forms ask for passwords.
 */
public final class PageFormat implements FormatReader {
    private static final Set<String> TYPES =
            Set.of("text/html", "application/xhtml+xml", "image/svg+xml", "application/hta", "multipart/related");
    /** UTF-16 without a mark is no text for a detector; browsers guess better. */
    private static final Set<String> PERHAPS = Set.of("application/xml", "application/octet-stream");

    private static final Set<String> EXTENSIONS = Set.of("html", "htm", "xhtml", "shtml", "mht", "mhtml", "svg");

    @Override
    public boolean reads(String mediaType, Label label) {
        boolean mayBe = mediaType.startsWith("text/") || PERHAPS.contains(mediaType);
        return TYPES.contains(mediaType) || (mayBe && label.names().stream().anyMatch(PageFormat::isPage));
    }

    private static boolean isPage(String name) {
        int dot = name.lastIndexOf('.');
        return dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public void read(Content content, Opened opened) throws IOException {
        boolean svg = content.mediaType().equals("image/svg+xml");
        Words words = new Words(
                "<script",
                "javascript:",
                "onload=",
                "onerror=",
                "type=\"password\"",
                "type='password'",
                "type=password",
                "createobjecturl",
                "mssaveoropenblob",
                "atob(",
                "srcdoc=");
        try (InputStream page = content.open()) {
            words.read(page);
        }
        boolean script =
                words.has("<script") || words.has("javascript:") || words.has("onload=") || words.has("onerror=");
        if (script) {
            boolean builds = words.has("createobjecturl") || words.has("mssaveoropenblob");
            opened.found(builds ? "html-smuggling" : svg ? "svg-script" : "html-script", null);
        }
        if (words.has("type=\"password\"") || words.has("type='password'") || words.has("type=password")) {
            opened.found("html-password-form", null);
        }
    }
}
