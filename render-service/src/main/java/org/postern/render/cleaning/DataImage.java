package org.postern.render.cleaning;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Raster images as {@code data:} URIs. What an image is, its first bytes say, not its label. */
public final class DataImage {
    private static final Pattern START = Pattern.compile("data:image/(?:png|jpeg|gif|webp);base64,");
    private static final int SHORTEST = 8;
    private static final int LARGEST = 1024 * 1024;

    private DataImage() {}

    /** Whether it may be in an {@code src} that comes out. */
    public static boolean isSafe(String uri) {
        Matcher start = START.matcher(uri);
        if (!start.lookingAt()) {
            return false;
        }
        int end = uri.endsWith("==") ? uri.length() - 2 : uri.endsWith("=") ? uri.length() - 1 : uri.length();
        for (int i = start.end(); i < end; i++) {
            char c = uri.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '/' || c > '9') && c != '+') {
                return false;
            }
        }
        return end - start.end() >= SHORTEST;
    }

    static @Nullable String of(byte[] bytes) {
        String type = typeOf(bytes);
        return type == null || bytes.length > LARGEST
                ? null
                : "data:image/" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    /** Whether it is of a kind that is decoded here, so that it can be made anew where it is served. */
    static boolean isMadeAnew(String uri) {
        return !uri.startsWith("data:image/webp");
    }

    /** The image of a {@code data:} URI written anew, or null where it is none that is safe. */
    static @Nullable String rewritten(String uri) {
        int comma = uri.indexOf(',');
        if (comma < 0 || uri.length() > LARGEST * 3 / 2) {
            return null;
        }
        if (!uri.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
            return null;
        }
        try {
            String data = uri.substring(comma + 1)
                    .replace(" ", "")
                    .replace("%2B", "+")
                    .replace("%2F", "/");
            return of(Base64.getDecoder().decode(data.replace("%3D", "=")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String typeOf(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
            return "png";
        }
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return "jpeg";
        }
        if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return "gif";
        }
        return start.startsWith("RIFF") && start.endsWith("WEBP") ? "webp" : null;
    }
}
