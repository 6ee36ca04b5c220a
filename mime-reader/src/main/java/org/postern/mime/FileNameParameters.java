package org.postern.mime;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Every file name that a {@code Content-Type} or {@code Content-Disposition} field gives, as the most lenient of readers take them:
 * whatever stands before, without semicolons, in single quotes, with spaces and no quotes, more than once, in pieces and encoded
 * (RFC 2231), in either order.
 */
final class FileNameParameters {
    /** Of these and of the last one, all readings are given: more stand in no mail that a program made. */
    private static final int MOST = 200;

    private final String field;
    private final String lower;
    private final Set<String> names = new LinkedHashSet<>();
    private final List<Piece> pieces = new ArrayList<>();

    /**
     * @param order as its number says, -1 where it is not numbered
     * @param encoded whether it may have percent signs, and a charset if it is the first
     */
    private record Piece(String parameter, int order, boolean encoded, String text) {}

    private FileNameParameters(String field) {
        this.field = field;
        this.lower = field.toLowerCase(Locale.ROOT);
    }

    /** The names in the value of a field, unfolded; encoded words in them are left. */
    static List<String> of(String field) {
        return new FileNameParameters(field).read();
    }

    private List<String> read() {
        int at = lower.indexOf("name");
        for (int count = 0; at >= 0 && count < MOST; at = lower.indexOf("name", at + 4)) {
            count += parameter(at) ? 1 : 0;
        }
        for (int last = lower.lastIndexOf("name"); at >= 0 && last >= at && !parameter(last); ) {
            last = lower.lastIndexOf("name", last - 1);
        }
        pieces.stream().map(Piece::parameter).distinct().forEach(this::joinPieces);
        return List.copyOf(names);
    }

    /**
     * @param at where {@code name} stands
     * @return whether it is a parameter with a value
     */
    private boolean parameter(int at) {
        int start = lower.startsWith("file", at - 4) ? at - 4 : at;
        if (start > 0 && isToken(field.charAt(start - 1))) {
            return false;
        }
        int i = at + 4;
        while (i < field.length() && (field.charAt(i) == '*' || Character.isDigit(field.charAt(i)))) {
            i++;
        }
        String suffix = field.substring(at + 4, i);
        i = skipSpace(i);
        if (i >= field.length() || field.charAt(i) != '=') {
            return false;
        }
        int from = skipSpace(i + 1);
        String value = value(from);
        if (suffix.isEmpty()) {
            names.add(value);
            names.add(upToSemicolon(from));
        } else {
            String number = suffix.replace("*", "");
            int order = number.isEmpty() ? -1 : number.length() > 4 ? 0 : Integer.parseInt(number);
            pieces.add(new Piece(lower.substring(start, at + 4), order, order < 0 || suffix.endsWith("*"), value));
        }
        return true;
    }

    /** One that is there twice is the first for some programs, the last for others, and both for those that only sort. */
    private void joinPieces(String parameter) {
        List<Piece> all = pieces.stream()
                .filter(piece -> piece.parameter().equals(parameter))
                .sorted(Comparator.comparingInt(Piece::order))
                .toList();
        List<Piece> whole = all.stream().filter(piece -> piece.order() < 0).toList();
        List<Piece> numbered = all.stream().filter(piece -> piece.order() >= 0).toList();
        whole.forEach(piece -> names.add(joined(List.of(piece))));
        names.add(joined(onceEach(numbered)));
        names.add(joined(onceEach(numbered.reversed()).reversed()));
        names.add(joined(numbered));
        names.add(joined(all));
        names.remove("");
    }

    private static List<Piece> onceEach(List<Piece> sorted) {
        Set<Integer> seen = new HashSet<>();
        return sorted.stream().filter(piece -> seen.add(piece.order())).toList();
    }

    private String upToSemicolon(int start) {
        int end = field.indexOf(';', start);
        String text = field.substring(start, end < 0 ? field.length() : end).strip();
        return text.startsWith("\"") || text.startsWith("'") ? value(start) : text;
    }

    private String value(int start) {
        if (start < field.length() && (field.charAt(start) == '"' || field.charAt(start) == '\'')) {
            char quote = field.charAt(start);
            StringBuilder text = new StringBuilder();
            for (int i = start + 1; i < field.length() && field.charAt(i) != quote; i++) {
                if (field.charAt(i) == '\\' && i + 1 < field.length()) {
                    i++;
                }
                text.append(field.charAt(i));
            }
            return text.toString();
        }
        int end = start;
        while (end < field.length() && field.charAt(end) != ';' && !Character.isWhitespace(field.charAt(end))) {
            end++;
        }
        return field.substring(start, end);
    }

    private int skipSpace(int from) {
        int i = from;
        while (i < field.length() && Character.isWhitespace(field.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isToken(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }

    /** The first piece says in which charset what is encoded is. */
    private static String joined(List<Piece> pieces) {
        Charset charset = StandardCharsets.UTF_8;
        StringBuilder bytes = new StringBuilder();
        boolean first = true;
        for (Piece piece : pieces) {
            String text = piece.text();
            int language = text.indexOf('\'');
            int end = language < 0 ? -1 : text.indexOf('\'', language + 1);
            if (first && piece.encoded() && end > 0) {
                charset = charset(text.substring(0, language));
                text = text.substring(end + 1);
            }
            first = false;
            bytes.append(piece.encoded() ? unescaped(text) : text);
        }
        return charset.decode(ByteBuffer.wrap(bytes.toString().getBytes(StandardCharsets.ISO_8859_1)))
                .toString();
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static String unescaped(String text) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int high = i + 2 < text.length() && text.charAt(i) == '%' ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low >= 0) {
                bytes.append((char) (high << 4 | low));
                i += 2;
            } else {
                bytes.append(text.charAt(i));
            }
        }
        return bytes.toString();
    }
}
