package org.postern.render.css;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Token.Type;

/**
 * A text of CSS with its brackets matched, so that a rule or a value can be stepped over at once. As in CSS Syntax
 * Level 3 section 5, a bracket is closed by its own kind alone, and an open one reaches to the end.
 */
final class Tokens {
    private final Token[] tokens;
    private final int[] ends;
    private final BitSet resolved = new BitSet();
    private boolean quoting;

    Tokens(List<Token> tokens) {
        this.tokens = tokens.toArray(Token[]::new);
        this.ends = new int[this.tokens.length];
        Type[] awaited = new Type[this.tokens.length];
        int[] open = new int[this.tokens.length];
        int depth = 0;
        for (int i = 0; i < this.tokens.length; i++) {
            Type type = this.tokens[i].type();
            ends[i] = i;
            quoting |= type == Type.URL || type == Type.STRING;
            Type closing = closing(type);
            if (closing != null) {
                ends[i] = this.tokens.length;
                awaited[depth] = closing;
                open[depth++] = i;
            } else if (depth > 0 && awaited[depth - 1] == type) {
                ends[open[--depth]] = i;
            }
        }
    }

    /** Whether there is anything in it that could be an address. */
    boolean hasText() {
        return quoting;
    }

    private static @Nullable Type closing(Type type) {
        return switch (type) {
            case OPEN_CURLY -> Type.CLOSE_CURLY;
            case OPEN_ROUND, FUNCTION -> Type.CLOSE_ROUND;
            case OPEN_SQUARE -> Type.CLOSE_SQUARE;
            case IDENT,
                    AT,
                    HASH,
                    STRING,
                    BAD_STRING,
                    URL,
                    BAD_URL,
                    DELIM,
                    NUMBER,
                    PERCENTAGE,
                    DIMENSION,
                    SPACE,
                    COMMENT_MARK,
                    COLON,
                    SEMICOLON,
                    COMMA,
                    CLOSE_SQUARE,
                    CLOSE_ROUND,
                    CLOSE_CURLY -> null;
        };
    }

    Token get(int index) {
        return tokens[index];
    }

    int size() {
        return tokens.length;
    }

    /** Where the bracket that opens here is closed: the end of the text where it is not. Itself for other tokens. */
    int endOf(int index) {
        return ends[index];
    }

    /** The first token of this type from here to the end that is in no brackets; the end where there is none. */
    int find(Type type, int from, int to) {
        int i = from;
        while (i < to) {
            if (tokens[i].type() == type) {
                return i;
            }
            i = Math.min(ends[i], to - 1) + 1;
        }
        return to;
    }

    /** The first that opens a block or is a semicolon, in no brackets: looked for at once, or time would be square. */
    int findEndOfPrelude(int from, int to) {
        int i = from;
        while (i < to) {
            if (get(i).is(Type.OPEN_CURLY) || get(i).is(Type.SEMICOLON)) {
                return i;
            }
            i = Math.min(ends[i], to - 1) + 1;
        }
        return to;
    }

    /** From one token to another, without space around; from and to are the same where there is nothing. */
    record Span(int from, int to) {}

    /** What stands between commas that are in no brackets; nothing behind the last. */
    List<Span> list(int from, int to) {
        List<Span> all = new ArrayList<>();
        int i = from;
        while (i < to) {
            int comma = find(Type.COMMA, i, to);
            int start = skipSpace(i, comma);
            all.add(new Span(start, trimEnd(start, comma)));
            i = comma + 1;
        }
        return all;
    }

    /** The first token from here that is no space. */
    int skipSpace(int from, int to) {
        int i = from;
        while (i < to && get(i).is(Type.SPACE)) {
            i++;
        }
        return i;
    }

    /** Behind the last token up to here that is no space. */
    int trimEnd(int from, int to) {
        int i = to;
        while (i > from && get(i - 1).is(Type.SPACE)) {
            i--;
        }
        return i;
    }

    /** An address that has been dealt with is not reported as left out. */
    void markResolved(int index) {
        resolved.set(index);
    }

    /** For whoever deals with all of them anew. */
    void forgetResolved() {
        resolved.clear();
    }

    boolean isResolved(int index) {
        return resolved.get(index);
    }
}
