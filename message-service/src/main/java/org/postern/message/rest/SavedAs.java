package org.postern.message.rest;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The name under which content is saved, whatever a mail says it is called. */
final class SavedAs {
    // Names of devices on Windows, with any ending.
    private static final Pattern DEVICE = Pattern.compile("(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\..*)?");

    private static final String ATTR_CHARS = "!#$&+-.^_`|~";

    private SavedAs() {}

    /** A {@code Content-Disposition} to save under that name (RFC 6266, with the name as in RFC 8187). */
    static String disposition(String name) {
        StringBuilder plain = new StringBuilder();
        name.codePoints().forEach(point -> plain.append(isPlain(point) ? (char) point : '_'));
        StringBuilder encoded = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xFF);
            if (isLetterOrDigit(character) || ATTR_CHARS.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append(String.format("%%%02X", octet & 0xFF));
            }
        }
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }

    /**
     * A name that every file system takes for a name and nothing else; empty where nothing is left of it.
     *
     * @param name one segment, without control and format characters
     */
    static String fileName(String name) {
        String plain = name.replaceAll("[<>:\"/\\\\|?*]", "_").replaceAll("^[.\\s]+|[.\\s]+$", "");
        return DEVICE.matcher(plain).matches() ? "_" + plain : plain;
    }

    private static boolean isPlain(int point) {
        return isLetterOrDigit(point) || " ._-()".indexOf(point) >= 0;
    }

    private static boolean isLetterOrDigit(int point) {
        return point >= '0' && point <= '9' || point >= 'a' && point <= 'z' || point >= 'A' && point <= 'Z';
    }
}
