package org.postern.render.css;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Properties.Kind;
import org.postern.render.css.Token.Type;

/** Writes values from tokens that are allowed one by one, each after the other. What has another token in it is no value. */
final class Values {
    private static final Pattern FONT = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]{0,63}");
    private static final Pattern TEXT = Pattern.compile(
            "[\\p{L}\\p{N}\\p{Zs} .,:;!?/()\\[\\]+*=_%#$\u2010-\u2027\u2030-\u205e\u2190-\u2bff-]{0,200}");
    private static final Set<String> CALCULATIONS = Set.of("calc", "min", "max", "clamp");
    private static final Set<String> FUNCTIONS =
            words("rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark linear-gradient "
                    + "radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient "
                    + "repeating-conic-gradient -webkit-linear-gradient -webkit-radial-gradient cubic-bezier steps blur "
                    + "brightness contrast grayscale hue-rotate invert saturate sepia opacity minmax repeat fit-content "
                    + "counter var calc min max clamp");
    private static final Set<String> ANIMATION_WORDS =
            words("none normal reverse alternate alternate-reverse forwards backwards both infinite running paused "
                    + "start end jump-start jump-end jump-none jump-both linear ease ease-in ease-out ease-in-out "
                    + "step-start step-end initial inherit unset revert");
    private static final double FAR = 64;
    private static final int LONGEST_NUMBER = 16;
    private static final int LONGEST_UNIT = 5;
    private static final int LONGEST_PLAIN = 200;
    private static final int DEEPEST = 8;
    private static final int MOST_TOKENS = 2000;

    private final Tokens tokens;
    private final Addresses addresses;
    private final boolean conditional;
    private final StringBuilder out;
    private Kind kind = Kind.PLAIN;
    private int start;
    private int calculations;

    /**
     * @param conditional whether they may or may not hold: then an image would tell which
     * @param out where they are written to
     */
    Values(Tokens tokens, Addresses addresses, boolean conditional, StringBuilder out) {
        this.tokens = tokens;
        this.addresses = addresses;
        this.conditional = conditional;
        this.out = out;
    }

    private static Set<String> words(String words) {
        return Set.of(words.split(" "));
    }

    /** Writes a value anew; whether it is allowed. Where it is not, some of it may have been written. */
    boolean write(int from, int to, Kind its) {
        kind = its;
        start = out.length();
        calculations = 0;
        return to - from <= MOST_TOKENS && list(from, to, 0) && out.length() > start;
    }

    private boolean list(int from, int to, int depth) {
        int i = from;
        boolean space = false;
        @Nullable Token previous = null;
        while (i < to) {
            Token token = tokens.get(i);
            int end = Math.min(tokens.endOf(i), to);
            if (token.is(Type.SPACE)) {
                space = true;
            } else {
                separate(previous, token, space);
                if (!one(token, i, end, depth)) {
                    return false;
                }
                previous = token;
                space = false;
            }
            i = end + 1;
        }
        return true;
    }

    private void separate(@Nullable Token previous, Token token, boolean space) {
        if (previous == null || token.is(Type.COMMA) || previous.is(Type.COMMA)) {
            return;
        }
        boolean slash = token.isDelim('/') || previous.isDelim('/');
        boolean word = !previous.is(Type.DELIM) && !token.is(Type.DELIM);
        if (!slash && (space || word || calculations > 0)) {
            out.append(' ');
        }
    }

    private boolean one(Token token, int index, int end, int depth) {
        return switch (token.type()) {
            case IDENT -> word(token.text());
            case NUMBER, PERCENTAGE, DIMENSION -> number(token);
            case HASH -> Letters.areColour(token.text()) && put("#", token.text());
            case STRING -> kind.takesText() && text(token.text());
            case URL -> address(token.text(), index);
            case FUNCTION -> depth < DEEPEST && function(token.text().toLowerCase(Locale.ROOT), index, end, depth);
            case OPEN_ROUND ->
                calculations > 0 && depth < DEEPEST && put("(") && list(index + 1, end, depth + 1) && put(")");
            case COMMA -> put(",");
            case DELIM -> delimiter(token);
            case AT,
                    BAD_STRING,
                    BAD_URL,
                    SPACE,
                    COMMENT_MARK,
                    COLON,
                    SEMICOLON,
                    OPEN_SQUARE,
                    CLOSE_SQUARE,
                    CLOSE_ROUND,
                    OPEN_CURLY,
                    CLOSE_CURLY -> false;
        };
    }

    private boolean put(String text) {
        out.append(text);
        return true;
    }

    private boolean put(String text, String more) {
        out.append(text).append(more);
        return true;
    }

    private boolean delimiter(Token token) {
        if (token.isDelim('/')) {
            return put("/");
        }
        boolean sum = token.isDelim('+') || token.isDelim('*') || (token.isDelim('-') && !kind.staysInside());
        return calculations > 0 && sum && put(token.text());
    }

    private boolean word(String word) {
        if (!Letters.areName(word, 2)) {
            // Names of fonts are in every script.
            return kind == Kind.FAMILY && FONT.matcher(word).matches() && put(word);
        }
        if (kind == Kind.POSITION) {
            String position = word.toLowerCase(Locale.ROOT);
            return (position.equals("relative") || position.equals("static")) && put(position);
        }
        if (kind == Kind.ANIMATION && !ANIMATION_WORDS.contains(word.toLowerCase(Locale.ROOT))) {
            String own = OwnNames.of(word);
            return own != null && put(own);
        }
        return !word.startsWith("--") && put(word);
    }

    private boolean number(Token token) {
        String digits = token.text().startsWith("+") ? token.text().substring(1) : token.text();
        if (digits.length() > LONGEST_NUMBER || (kind.staysInside() && digits.startsWith("-"))) {
            return false;
        }
        if (kind == Kind.NEAR && Math.abs(Double.parseDouble(digits)) > FAR && !inFunction()) {
            return false;
        }
        return switch (token.type()) {
            case PERCENTAGE -> put(digits, "%");
            case DIMENSION -> Letters.are(token.unit(), LONGEST_UNIT) && put(digits, token.unit());
            case NUMBER -> put(digits);
            default -> false;
        };
    }

    /** Whether a function is open: those that are left here are colours, whose numbers are no distances. */
    private boolean inFunction() {
        int last = out.length() - 1;
        while (last >= start && out.charAt(last) != '(' && out.charAt(last) != ')') {
            last--;
        }
        return last >= start && out.charAt(last) == '(';
    }

    private boolean text(String text) {
        return (isPlain(text) || TEXT.matcher(text).matches()) && put("'", text) && put("'");
    }

    /** Whether it is a text of letters, digits, spaces and hyphens alone, as the names of fonts are. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Letters.isLetter(c) && !Letters.isDigit(c) && c != ' ' && c != '-') {
                return false;
            }
        }
        return text.length() <= LONGEST_PLAIN;
    }

    private boolean function(String name, int index, int end, int depth) {
        if (name.equals("url") || name.equals("src")) {
            int only = tokens.skipSpace(index + 1, end);
            boolean single = only < end && tokens.skipSpace(only + 1, end) >= end;
            return name.equals("url")
                    && single
                    && tokens.get(only).is(Type.STRING)
                    && address(tokens.get(only).text(), only);
        }
        if (!FUNCTIONS.contains(name) || kind == Kind.POSITION) {
            return false;
        }
        put(name, "(");
        if (name.equals("var")) {
            return kind != Kind.NEAR && variable(index + 1, end, depth) && put(")");
        }
        int calculating = CALCULATIONS.contains(name) ? 1 : 0;
        if (kind == Kind.NEAR && calculating > 0) {
            return false;
        }
        calculations += calculating;
        boolean good = list(index + 1, end, depth + 1);
        calculations -= calculating;
        return good && put(")");
    }

    private boolean variable(int from, int to, int depth) {
        int name = tokens.skipSpace(from, to);
        if (name >= to || !tokens.get(name).is(Type.IDENT)) {
            return false;
        }
        String own = Properties.ownVariable(tokens.get(name).text());
        int comma = tokens.skipSpace(name + 1, to);
        if (own == null || (comma < to && !tokens.get(comma).is(Type.COMMA))) {
            return false;
        }
        put(own);
        return comma >= to || (put(",") && list(comma + 1, to, depth + 1));
    }

    private boolean address(String address, int index) {
        if (!kind.takesImages()) {
            return false;
        }
        String own = conditional ? null : addresses.resolve(address);
        if (own != null) {
            tokens.markResolved(index);
            return put("url('" + own + "')");
        }
        if (!conditional) {
            tokens.markResolved(index);
        }
        return kind == Kind.BACKGROUND && put("none");
    }
}
