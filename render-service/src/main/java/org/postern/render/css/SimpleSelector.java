package org.postern.render.css;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Token.Type;

/**
 * One of what selectors are made of (Selectors Level 4 section 3), read once for whoever writes it for the mail and whoever
 * looks for what it means in the tree. What is allowed and how it is written each of them knows.
 */
sealed interface SimpleSelector {
    /** Where the next begins. */
    int next();

    /** An element by its name. */
    record Named(String name, int next) implements SimpleSelector {}

    /** Any element. */
    record Any(int next) implements SimpleSelector {}

    record OfClass(String name, int next) implements SimpleSelector {}

    record OfId(String name, int next) implements SimpleSelector {}

    /**
     * An element by one of its attributes (section 6).
     *
     * @param operator what stands in front of the equals sign, or nothing
     * @param value null where it need only be there
     * @param more whether something follows the value
     */
    record Attributed(
            String name, String operator, @Nullable String value, boolean more, int next) implements SimpleSelector {}

    /**
     * What stands behind a colon.
     *
     * @param word in small letters
     * @param element whether it stands behind two, as pseudo-elements do
     * @param inside what it holds in brackets; null where there are none
     */
    record Pseudo(
            PseudoClass kind,
            String word,
            boolean element,
            @Nullable Inside inside,
            int next) implements SimpleSelector {}

    /** From the first token to the bracket that closes. */
    record Inside(int from, int to) {}

    /** The one that begins here, or null where none does that ends in front of the end. */
    static @Nullable SimpleSelector at(Tokens tokens, int at, int to) {
        Token token = tokens.get(at);
        return switch (token.type()) {
            case IDENT -> new Named(token.text(), at + 1);
            case HASH -> new OfId(token.text(), at + 1);
            case DELIM -> delimiter(tokens, at, to);
            case OPEN_SQUARE -> tokens.endOf(at) < to ? attribute(tokens, at + 1, tokens.endOf(at)) : null;
            case COLON -> pseudo(tokens, at + 1, to);
            case AT,
                    FUNCTION,
                    STRING,
                    BAD_STRING,
                    URL,
                    BAD_URL,
                    NUMBER,
                    PERCENTAGE,
                    DIMENSION,
                    SPACE,
                    COMMENT_MARK,
                    SEMICOLON,
                    COMMA,
                    CLOSE_SQUARE,
                    OPEN_ROUND,
                    CLOSE_ROUND,
                    OPEN_CURLY,
                    CLOSE_CURLY -> null;
        };
    }

    /** Whether something stands between two compounds here. */
    static boolean isCombinator(Token token) {
        return token.isDelim('>') || token.isDelim('+') || token.isDelim('~');
    }

    private static @Nullable SimpleSelector delimiter(Tokens tokens, int at, int to) {
        if (tokens.get(at).isDelim('*')) {
            return new Any(at + 1);
        }
        boolean named =
                tokens.get(at).isDelim('.') && at + 1 < to && tokens.get(at + 1).is(Type.IDENT);
        return named ? new OfClass(tokens.get(at + 1).text(), at + 2) : null;
    }

    private static @Nullable SimpleSelector attribute(Tokens tokens, int from, int end) {
        int name = tokens.skipSpace(from, end);
        if (name >= end || !tokens.get(name).is(Type.IDENT)) {
            return null;
        }
        String attribute = tokens.get(name).text();
        int i = tokens.skipSpace(name + 1, end);
        if (i >= end) {
            return new Attributed(attribute, "", null, false, end + 1);
        }
        String operator = "";
        if (tokens.get(i).is(Type.DELIM) && "~|^$*".contains(tokens.get(i).text())) {
            operator = tokens.get(i++).text();
        }
        int value = i < end && tokens.get(i).isDelim('=') ? tokens.skipSpace(i + 1, end) : end;
        boolean quoted = value < end
                && (tokens.get(value).is(Type.STRING) || tokens.get(value).is(Type.IDENT));
        if (!quoted) {
            return null;
        }
        boolean more = tokens.skipSpace(value + 1, end) < end;
        return new Attributed(attribute, operator, tokens.get(value).text(), more, end + 1);
    }

    private static @Nullable SimpleSelector pseudo(Tokens tokens, int at, int to) {
        boolean element = at < to && tokens.get(at).is(Type.COLON);
        int name = element ? at + 1 : at;
        if (name >= to) {
            return null;
        }
        Token token = tokens.get(name);
        String word = token.text().toLowerCase(Locale.ROOT);
        PseudoClass kind = PseudoClass.of(word);
        if (kind == null) {
            return null;
        }
        if (token.is(Type.IDENT)) {
            return new Pseudo(kind, word, element, null, name + 1);
        }
        int end = tokens.endOf(name);
        return token.is(Type.FUNCTION) && end < to
                ? new Pseudo(kind, word, element, new Inside(name + 1, end), end + 1)
                : null;
    }
}
