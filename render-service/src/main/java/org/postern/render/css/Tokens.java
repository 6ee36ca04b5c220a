package org.postern.render.css;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Token.Type;

/**
 * A text of CSS with its brackets matched, so that a rule or a value can be stepped over at once. As in CSS Syntax
 * Level 3 section 5, a bracket is closed by its own kind alone, and an open one reaches to the end.
 */
final class Tokens {
    private static final int FEW_OPEN = 16;

    private final Token[] tokens;
    private final int size;
    private final int[] ends;
    private final BitSet resolved = new BitSet();
    private boolean quoting;

    /** @param size how many of them count; they are not changed any more */
    Tokens(Token[] tokens, int size) {
        this.tokens = tokens;
        this.size = size;
        this.ends = new int[size];
        // Those that are open, by where they are: mostly there are two or three.
        int[] open = new int[FEW_OPEN];
        int depth = 0;
        Type awaited = null;
        for (int i = 0; i < size; i++) {
            Type type = tokens[i].type();
            ends[i] = i;
            quoting |= type == Type.URL || type == Type.STRING;
            Type closing = closing(type);
            if (closing != null) {
                ends[i] = size;
                if (depth == open.length) {
                    open = Arrays.copyOf(open, depth * 2);
                }
                open[depth++] = i;
                awaited = closing;
            } else if (awaited == type) {
                ends[open[--depth]] = i;
                awaited = depth == 0 ? null : closing(tokens[open[depth - 1]].type());
            }
        }
    }

    /** Whether there is anything in it that could be an address. */
    boolean hasText() {
        return quoting;
    }

    /** Whether there is an address from one token to another in a place where one is written. */
    boolean holdAddress(int from, int to) {
        if (!quoting) {
            return false;
        }
        for (int i = from; i < to; i++) {
            Token token = tokens[i];
            if (token.is(Type.URL) || (token.is(Type.FUNCTION) && token.text().equalsIgnoreCase("url"))) {
                return true;
            }
        }
        return false;
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
        return size;
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
