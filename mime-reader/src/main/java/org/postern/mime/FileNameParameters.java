package org.postern.mime;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every file name that a {@code Content-Type} or {@code Content-Disposition} field gives, as the most lenient of readers take them:
 * whatever stands before, without semicolons, in single quotes, more than once, in pieces and encoded (RFC 2231).
 */
final class FileNameParameters {
    /** A field with more names is made to be read differently. */
    private static final int MOST = 50;

    private final String field;
    private final List<String> plain = new ArrayList<>();
    private final Map<String, Map<Integer, String>> pieces = new LinkedHashMap<>();
    private int names;

    private FileNameParameters(String field) {
        this.field = field;
    }

    /** The names in the value of a field, unfolded; encoded words in them are left. */
    static List<String> of(String field) {
        return new FileNameParameters(field).read();
    }

    private List<String> read() {
        String lower = field.toLowerCase(Locale.ROOT);
        for (int at = lower.indexOf("name"); at >= 0 && names < MOST; at = lower.indexOf("name", at + 4)) {
            int start = lower.startsWith("file", at - 4) ? at - 4 : at;
            if (start == 0 || !isToken(field.charAt(start - 1))) {
                parameter(lower.substring(start, at + 4), at + 4);
            }
        }
        List<String> all = new ArrayList<>(plain);
        pieces.forEach((name, segments) -> all.add(joined(segments)));
        return all;
    }

    /** @param at behind its name */
    private void parameter(String name, int at) {
        int i = at;
        while (i < field.length() && (field.charAt(i) == '*' || Character.isDigit(field.charAt(i)))) {
            i++;
        }
        String suffix = field.substring(at, i);
        i = skipSpace(i);
        if (i >= field.length() || field.charAt(i) != '=') {
            return;
        }
        names++;
        String value = value(skipSpace(i + 1));
        if (suffix.isEmpty()) {
            plain.add(value);
            return;
        }
        String number = suffix.replace("*", "");
        int order = number.isEmpty() || number.length() > 4 ? 0 : Integer.parseInt(number);
        boolean encoded = suffix.length() > 1 ? suffix.endsWith("*") : true;
        pieces.computeIfAbsent(name, unused -> new TreeMap<>()).putIfAbsent(order, encoded ? '%' + value : value);
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
    private static String joined(Map<Integer, String> segments) {
        Charset charset = StandardCharsets.UTF_8;
        StringBuilder bytes = new StringBuilder();
        boolean first = true;
        for (String segment : segments.values()) {
            boolean encoded = segment.startsWith("%");
            String text = encoded ? segment.substring(1) : segment;
            int language = text.indexOf('\'');
            int end = language < 0 ? -1 : text.indexOf('\'', language + 1);
            if (first && encoded && end > 0) {
                charset = charset(text.substring(0, language));
                text = text.substring(end + 1);
            }
            first = false;
            bytes.append(encoded ? unescaped(text) : text);
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
