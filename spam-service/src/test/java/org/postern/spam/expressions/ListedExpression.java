package org.postern.spam.expressions;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of the table, with texts that are as bad for it as we know.
 *
 * @param use matches or find, as where it stands
 * @param begins how a text begins that gets far
 * @param pumps what is repeated
 * @param reads how often each character may be looked at
 */
record ListedExpression(
        @JsonProperty("in") String place,
        String use,
        String expression,
        int flags,
        @Nullable List<String> begins,
        List<String> pumps,
        int reads) {
    private static final Path TABLE = Path.of("src/test/resources/expressions.yaml");

    /** One of each kind that expressions tell apart. */
    private static final List<String> KINDS = List.of("a", "Z", "7", " ", "\t", "\r", "\n", "-", "é", "\u0000");

    private static final List<String> ENDS = List.of("", "!", "\u0000", "\n");

    static List<ListedExpression> table() {
        try {
            return YAMLMapper.builder().build().readValue(TABLE.toFile(), new TypeReference<>() {});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Its own pumps, the characters of its own that are no letters, and one of each kind. */
    Set<String> pieces() {
        Set<String> pieces = own();
        pieces.addAll(KINDS);
        return pieces;
    }

    /** Each two of its own. */
    Set<String> pairs() {
        Set<String> pairs = new LinkedHashSet<>();
        for (String first : own()) {
            for (String second : own()) {
                pairs.add(first + second);
            }
        }
        return pairs;
    }

    private Set<String> own() {
        Set<String> own = new LinkedHashSet<>(pumps);
        expression.codePoints().filter(c -> !Character.isLetterOrDigit(c)).forEach(c -> own.add(Character.toString(c)));
        return own;
    }

    private List<String> heads() {
        List<String> heads = new ArrayList<>(List.of(""));
        heads.addAll(begins == null ? List.of() : begins);
        return heads;
    }

    /** How often the characters of the worst text of about such a length, made of a piece, are looked at. */
    long worst(String piece, int length) {
        long worst = 0;
        for (String head : heads()) {
            String body = head + piece.repeat(length / piece.length());
            for (String end : ENDS) {
                worst = Math.max(worst, reads(body + end));
            }
        }
        return worst;
    }

    private long reads(String text) {
        CountedText counted = new CountedText(text, (long) reads * (text.length() + 100));
        Matcher matcher = Pattern.compile(expression, flags).matcher(counted);
        switch (use) {
            case "matches" -> matcher.matches();
            case "find" -> {
                while (matcher.find()) {
                    // The next place.
                }
            }
            default -> throw new IllegalArgumentException(use);
        }
        return counted.reads();
    }

    @Override
    public String toString() {
        return place + ": " + expression;
    }
}
