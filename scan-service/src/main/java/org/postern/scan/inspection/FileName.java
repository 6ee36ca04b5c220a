package org.postern.scan.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A file name as it was sent: what it ends with, what it hides, and a form that can be shown. */
final class FileName {
    private static final int LONGEST_SHOWN = 120;
    private static final int LONGEST_EXTENSION = 12;
    private static final int PADDING = 8;

    private final String raw;

    FileName(String raw) {
        String segment = raw.substring(Math.max(raw.lastIndexOf('/'), raw.lastIndexOf('\\')) + 1);
        this.raw = segment.isBlank() ? raw : segment;
    }

    /** The name without what hides: control and format characters, blanks and dots at its end, which Windows drops. */
    String shown() {
        StringBuilder shown = new StringBuilder();
        raw.codePoints().filter(point -> !isHidden(point)).forEach(shown::appendCodePoint);
        String name = shown.toString().replaceAll("[\\s.]+$", "").strip();
        if (name.length() <= LONGEST_SHOWN) {
            return name;
        }
        // Its end tells what opening it would do.
        int from = name.length() - LONGEST_SHOWN;
        return name.substring(Character.isLowSurrogate(name.charAt(from)) ? from + 1 : from);
    }

    /** What it ends with, in lower case; null where that is nothing. */
    @Nullable String extension() {
        List<String> all = extensions();
        return all.isEmpty() ? null : all.getLast();
    }

    /** What it pretends to end with: the extension before the last. */
    @Nullable String innerExtension() {
        List<String> all = extensions();
        return all.size() < 2 ? null : all.get(all.size() - 2);
    }

    private List<String> extensions() {
        String[] pieces = shown().toLowerCase(Locale.ROOT).split("\\.", -1);
        List<String> extensions = new ArrayList<>();
        for (int i = 1; i < pieces.length; i++) {
            String piece = pieces[i].strip();
            if (!piece.isEmpty() && piece.length() <= LONGEST_EXTENSION && piece.matches("[a-z0-9_+-]+")) {
                extensions.add(piece);
            }
        }
        return extensions;
    }

    /** Whether it turns the direction of writing round, so that {@code gpj.exe} is shown as {@code exe.jpg}. */
    boolean turnsDirection() {
        return raw.codePoints()
                .anyMatch(point -> (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069));
    }

    /** Whether there are characters in it that are not seen at all. Joiners are left out: emoji and some scripts need them. */
    boolean hidesCharacters() {
        return raw.codePoints().anyMatch(FileName::isUnseen);
    }

    /** Whether its extension is pushed out of sight by blanks. */
    boolean padsExtension() {
        return raw.matches("(?s).*[\\s\\u00a0\\u2000-\\u200a\\u3000]{" + PADDING + ",}\\.?[A-Za-z0-9]{1,12}\\s*");
    }

    private static boolean isUnseen(int point) {
        boolean control = Character.getType(point) == Character.CONTROL && !Character.isWhitespace(point);
        return control || point == 0x200B || point == 0x2060 || point == 0xFEFF;
    }

    private static boolean isHidden(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
