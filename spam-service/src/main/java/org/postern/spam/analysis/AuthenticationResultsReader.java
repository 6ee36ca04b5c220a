package org.postern.spam.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an {@code Authentication-Results} field (RFC 8601 section 2.2). Comments are left out, and so is what is not understood;
 * of a field that is longer than any honest one, or that ends within a comment or a quoted text, nothing is read.
 */
final class AuthenticationResultsReader {
    private static final int LONGEST = 8 * 1024;
    private static final int MOST_METHODS = 50;

    private AuthenticationResultsReader() {}

    /**
     * What a server says of a mail.
     *
     * @param authservId in lower case
     */
    record Field(String authservId, List<Method> methods) {
        Field {
            methods = List.copyOf(methods);
        }
    }

    /**
     * The result of a method.
     *
     * @param name {@code spf}, {@code dkim} ... in lower case
     * @param result its word, in lower case
     * @param properties what it is about, {@code header.d} ... in lower case
     */
    record Method(String name, String result, Map<String, String> properties) {
        Method {
            properties = Map.copyOf(properties);
        }
    }

    static Optional<Field> read(String value) {
        if (value.length() > LONGEST) {
            return Optional.empty();
        }
        List<List<String>> parts = parts(value);
        if (parts.isEmpty() || parts.getFirst().isEmpty()) {
            return Optional.empty();
        }
        List<Method> methods = new ArrayList<>();
        for (List<String> part : parts.subList(1, Math.min(parts.size(), MOST_METHODS))) {
            method(part).ifPresent(methods::add);
        }
        return Optional.of(new Field(parts.getFirst().getFirst().toLowerCase(Locale.ROOT), methods));
    }

    private static Optional<Method> method(List<String> words) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                pairs.putIfAbsent(word.substring(0, equals).toLowerCase(Locale.ROOT), word.substring(equals + 1));
            }
        }
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<String, String> first = pairs.entrySet().iterator().next();
        int version = first.getKey().indexOf('/');
        String name = version < 0 ? first.getKey() : first.getKey().substring(0, version);
        return Optional.of(new Method(name, first.getValue().toLowerCase(Locale.ROOT), pairs));
    }

    /**
     * The words between semicolons, without comments and quotes; white space around an equals sign belongs to no word. None
     * where a comment or a quoted text does not end.
     */
    private static List<List<String>> parts(String value) {
        List<List<String>> parts = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && (depth > 0 || quoted)) {
                i++;
            } else if (c == '"' && depth == 0) {
                quoted = !quoted;
            } else if (quoted) {
                word.append(c);
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth = Math.max(0, depth - 1);
            } else if (depth == 0) {
                if (c == ';') {
                    end(word, words);
                    parts.add(words);
                    words = new ArrayList<>();
                } else if (Character.isWhitespace(c)) {
                    if (!isBesideEquals(value, i, word)) {
                        end(word, words);
                    }
                } else {
                    word.append(c);
                }
            }
        }
        if (depth > 0 || quoted) {
            return List.of();
        }
        end(word, words);
        parts.add(words);
        return parts;
    }

    private static boolean isBesideEquals(String value, int at, StringBuilder word) {
        int next = at;
        while (next < value.length() && Character.isWhitespace(value.charAt(next))) {
            next++;
        }
        return (next < value.length() && value.charAt(next) == '=')
                || (!word.isEmpty() && word.charAt(word.length() - 1) == '=');
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
