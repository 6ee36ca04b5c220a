package org.postern.render.css;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Token.Type;

/** Writes the conditions of {@code @media} and {@code @supports} from tokens that are allowed one by one. */
final class Conditions {
    private static final Pattern WORD = Pattern.compile("-?[A-Za-z][A-Za-z0-9-]{0,40}");
    private static final Pattern RANGE = Pattern.compile("\\((width|height) ?([<>])= ?([0-9.]{1,8}[A-Za-z]{1,4})\\)");
    private static final Set<String> ALWAYS = Set.of("", "all", "screen", "only screen");
    private static final int LONGEST = 500;

    private Conditions() {}

    /** Whether a condition says nothing about who reads, and with what. */
    static boolean isAlways(String condition) {
        return ALWAYS.contains(condition.toLowerCase(Locale.ROOT));
    }

    /** The condition written anew, or null where it is not allowed. */
    static @Nullable String write(Tokens tokens, int from, int to) {
        StringBuilder out = new StringBuilder();
        boolean space = false;
        for (int i = from; i < to; i++) {
            Token token = tokens.get(i);
            if (token.is(Type.SPACE)) {
                space = !out.isEmpty();
                continue;
            }
            String text = text(token);
            if (text == null || out.length() > LONGEST) {
                return null;
            }
            boolean tight = "),:".contains(text) || out.isEmpty() || "(,:".indexOf(out.charAt(out.length() - 1)) >= 0;
            out.append(space && !tight ? " " : "").append(text);
            space = false;
        }
        if (out.indexOf("<") < 0 && out.indexOf(">") < 0) {
            return out.toString();
        }
        Matcher range = RANGE.matcher(out);
        String written = range.replaceAll(match ->
                "(" + (match.group(2).equals("<") ? "max-" : "min-") + match.group(1) + ":" + match.group(3) + ")");
        // Whatever looks like the begin of a tag has no place in a style block.
        return written.indexOf('<') >= 0 ? null : written;
    }

    private static @Nullable String text(Token token) {
        return switch (token.type()) {
            case IDENT -> WORD.matcher(token.text()).matches() ? token.text() : null;
            case NUMBER -> token.text();
            case PERCENTAGE -> token.text() + "%";
            case DIMENSION -> WORD.matcher(token.unit()).matches() ? token.text() + token.unit() : null;
            case HASH -> Letters.areColour(token.text()) ? "#" + token.text() : null;
            case OPEN_ROUND -> "(";
            case CLOSE_ROUND -> ")";
            case COLON -> ":";
            case COMMA -> ",";
            case DELIM -> "/<>=".contains(token.text()) ? token.text() : null;
            case FUNCTION,
                    AT,
                    STRING,
                    BAD_STRING,
                    URL,
                    BAD_URL,
                    SPACE,
                    COMMENT_MARK,
                    SEMICOLON,
                    OPEN_SQUARE,
                    CLOSE_SQUARE,
                    OPEN_CURLY,
                    CLOSE_CURLY -> null;
        };
    }
}
