package org.postern.render.css;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Token.Type;

/**
 * Reads a list of selectors (Selectors Level 4) and writes them so that they reach into the mail alone: each begins with
 * the element that holds it.
 */
final class Selectors {
    private static final String SCOPED = "." + OwnNames.SCOPE;
    private static final int MOST_PARTS = 64;
    private static final int DEEPEST = 3;

    private final Tokens tokens;
    private boolean conditional;
    private boolean ofBody;
    private boolean ofRoot;

    Selectors(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Whether one of the selectors written holds only at times, such as under the pointer. */
    boolean isConditional() {
        return conditional;
    }

    /** Whether one of them means the body of the mail and nothing in it, in the mail's own words. */
    boolean isOfBody() {
        return ofBody;
    }

    /** Whether one of them means what the whole mail is on. */
    boolean isOfRoot() {
        return ofRoot;
    }

    /** The selectors that are allowed, separated by commas; empty where none is. */
    String write(int from, int to) {
        StringBuilder out = new StringBuilder();
        int i = from;
        while (i < to) {
            int comma = tokens.find(Type.COMMA, i, to);
            String selector = selector(tokens.skipSpace(i, comma), tokens.trimEnd(i, comma), 0);
            if (selector != null) {
                out.append(out.isEmpty() ? "" : ",").append(selector);
                int last = tokens.trimEnd(i, comma) - 1;
                ofBody |= last >= i && tokens.get(last).isIdent("body") && selector.endsWith("." + OwnNames.BODY);
                ofRoot |= selector.equals(SCOPED);
            }
            i = comma + 1;
        }
        return out.toString();
    }

    private @Nullable String selector(int from, int to, int depth) {
        StringBuilder out = new StringBuilder();
        int i = from;
        int parts = 0;
        while (i < to) {
            int end = endOfCompound(i, to);
            String compound =
                    end == i || ++parts > MOST_PARTS ? null : compound(i, end, parts == 1 && depth == 0, depth);
            int after = tokens.skipSpace(end, to);
            String combinator = after < to && isCombinator(tokens.get(after))
                    ? tokens.get(after).text()
                    : "";
            i = combinator.isEmpty() ? after : tokens.skipSpace(after + 1, to);
            boolean trailing = !combinator.isEmpty() && i >= to;
            if (compound == null || trailing) {
                return null;
            }
            boolean outermost = compound.isEmpty() || compound.equals(SCOPED);
            if (outermost && (combinator.equals("+") || combinator.equals("~"))) {
                return null;
            }
            out.append(compound);
            if (!compound.isEmpty() && i < to) {
                out.append(combinator.isEmpty() ? " " : combinator);
            }
        }
        if (from >= to) {
            return null;
        }
        return depth > 0 || isScoped(out) ? out.toString() : out.isEmpty() ? SCOPED : SCOPED + " " + out;
    }

    private static boolean isScoped(StringBuilder selector) {
        return selector.indexOf(SCOPED) == 0
                && (selector.length() == SCOPED.length() || " >".indexOf(selector.charAt(SCOPED.length())) >= 0);
    }

    private static boolean isCombinator(Token token) {
        return token.isDelim('>') || token.isDelim('+') || token.isDelim('~');
    }

    private int endOfCompound(int from, int to) {
        int i = from;
        while (i < to && !tokens.get(i).is(Type.SPACE) && !isCombinator(tokens.get(i))) {
            i = Math.min(tokens.endOf(i), to - 1) + 1;
        }
        return i;
    }

    /** Written anew; empty for the root, which the scope stands for; null where it is not allowed. */
    private @Nullable String compound(int from, int to, boolean first, int depth) {
        boolean alone = to - from == 1;
        boolean root = tokens.get(from).isIdent("html")
                || (to - from == 2
                        && tokens.get(from).is(Type.COLON)
                        && tokens.get(from + 1).isIdent("root"));
        if (root) {
            return first && (alone || tokens.get(from).is(Type.COLON)) ? "" : null;
        }
        if (first
                && to - from == 2
                && tokens.get(from).isDelim('.')
                && tokens.get(from + 1).isIdent(OwnNames.SCOPE)) {
            return SCOPED;
        }
        StringBuilder out = new StringBuilder();
        int i = from;
        while (i < to) {
            int end = simple(i, from, to, depth, out);
            if (end < 0) {
                return null;
            }
            i = end;
        }
        return out.toString();
    }

    /** Writes one simple selector; returns where the next begins, or -1. */
    private int simple(int at, int from, int to, int depth, StringBuilder out) {
        Token token = tokens.get(at);
        return switch (token.type()) {
            case IDENT ->
                at == from && Letters.areName(token.text(), 1)
                        ? put(
                                out,
                                token.isIdent("body")
                                        ? "." + OwnNames.BODY
                                        : token.text().toLowerCase(Locale.ROOT),
                                at + 1)
                        : -1;
            case HASH -> named(out, "#", token.text(), at + 1);
            case DELIM -> {
                if (token.isDelim('*') && at == from) {
                    yield put(out, "*", at + 1);
                }
                boolean named =
                        token.isDelim('.') && at + 1 < to && tokens.get(at + 1).is(Type.IDENT);
                yield !named
                        ? -1
                        : tokens.get(at + 1).isIdent(OwnNames.BODY)
                                ? put(out, "." + OwnNames.BODY, at + 2)
                                : named(out, ".", tokens.get(at + 1).text(), at + 2);
            }
            case OPEN_SQUARE ->
                tokens.endOf(at) < to && AttributeSelector.write(tokens, at + 1, tokens.endOf(at), out)
                        ? tokens.endOf(at) + 1
                        : -1;
            case COLON -> pseudo(at + 1, to, depth, out);
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
                    CLOSE_CURLY -> -1;
        };
    }

    private static int put(StringBuilder out, String text, int next) {
        out.append(text);
        return next;
    }

    private static int named(StringBuilder out, String mark, String name, int next) {
        String own = OwnNames.of(name);
        return own == null ? -1 : put(out, mark + own, next);
    }

    private int pseudo(int at, int to, int depth, StringBuilder out) {
        int name = at < to && tokens.get(at).is(Type.COLON) ? at + 1 : at;
        if (name >= to) {
            return -1;
        }
        Token token = tokens.get(name);
        String word = token.text().toLowerCase(Locale.ROOT);
        PseudoClass kind = PseudoClass.of(word);
        if (kind == null) {
            return -1;
        }
        if (token.is(Type.IDENT)) {
            boolean known = name > at ? kind == PseudoClass.PART : isPlain(kind);
            conditional |= known && kind == PseudoClass.STATE;
            return known ? put(out, (name > at ? "::" : ":") + word, name + 1) : -1;
        }
        int end = tokens.endOf(name);
        if (!token.is(Type.FUNCTION) || name > at || end >= to) {
            return -1;
        }
        String argument =
                switch (kind) {
                    case STEP -> step(name + 1, end);
                    case LIST, AROUND -> list(name + 1, end, depth);
                    case LANGUAGE -> language(name + 1, end);
                    case STATE, LINK, PLACE, ROOT, PART -> null;
                };
        return argument == null ? -1 : put(out, ":" + word + "(" + argument + ")", end + 1);
    }

    /** Whether it is written without brackets, behind one colon. The root is told apart before. */
    private static boolean isPlain(PseudoClass kind) {
        return switch (kind) {
            case STATE, LINK, PLACE, PART -> true;
            case ROOT, STEP, LIST, AROUND, LANGUAGE -> false;
        };
    }

    private @Nullable String language(int from, int to) {
        boolean one = to - from == 1 && tokens.get(from).is(Type.IDENT);
        return one && Letters.areName(tokens.get(from).text(), 1)
                ? tokens.get(from).text()
                : null;
    }

    private @Nullable String step(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to && text.length() < 32; i++) {
            text.append(tokens.get(i).text()).append(tokens.get(i).unit());
        }
        String step = text.toString().strip().toLowerCase(Locale.ROOT);
        return PseudoClass.isCount(step) ? step : null;
    }

    private @Nullable String list(int from, int to, int depth) {
        StringBuilder out = new StringBuilder();
        int i = from;
        while (i < to && depth < DEEPEST) {
            int comma = tokens.find(Type.COMMA, i, to);
            String selector = selector(tokens.skipSpace(i, comma), tokens.trimEnd(i, comma), depth + 1);
            if (selector == null || selector.isEmpty()) {
                return null;
            }
            out.append(out.isEmpty() ? "" : ",").append(selector);
            i = comma + 1;
        }
        return out.isEmpty() ? null : out.toString();
    }
}
