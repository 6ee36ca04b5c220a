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
        for (Tokens.Span one : tokens.list(from, to)) {
            String selector = selector(one.from(), one.to(), 0);
            if (selector != null) {
                out.append(out.isEmpty() ? "" : ",").append(selector);
                ofBody |= tokens.get(one.to() - 1).isIdent("body") && selector.endsWith("." + OwnNames.BODY);
                ofRoot |= selector.equals(SCOPED);
            }
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
            String combinator = after < to && SimpleSelector.isCombinator(tokens.get(after))
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

    private int endOfCompound(int from, int to) {
        int i = from;
        while (i < to && !tokens.get(i).is(Type.SPACE) && !SimpleSelector.isCombinator(tokens.get(i))) {
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
        SimpleSelector selector = SimpleSelector.at(tokens, at, to);
        if (selector == null) {
            return -1;
        }
        String written =
                switch (selector) {
                    case SimpleSelector.Named named -> at == from ? element(named.name()) : null;
                    case SimpleSelector.Any any -> at == from ? "*" : null;
                    case SimpleSelector.OfClass ofClass ->
                        ofClass.name().equalsIgnoreCase(OwnNames.BODY)
                                ? "." + OwnNames.BODY
                                : named(".", ofClass.name());
                    case SimpleSelector.OfId ofId -> named("#", ofId.name());
                    case SimpleSelector.Attributed attributed -> AttributeSelector.written(attributed);
                    case SimpleSelector.Pseudo pseudo -> pseudo(pseudo, depth);
                };
        if (written == null) {
            return -1;
        }
        out.append(written);
        return selector.next();
    }

    private static @Nullable String element(String name) {
        if (!Letters.areName(name, 1)) {
            return null;
        }
        return name.equalsIgnoreCase("body") ? "." + OwnNames.BODY : name.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String named(String mark, String name) {
        String own = OwnNames.of(name);
        return own == null ? null : mark + own;
    }

    private @Nullable String pseudo(SimpleSelector.Pseudo pseudo, int depth) {
        PseudoClass kind = pseudo.kind();
        SimpleSelector.Inside inside = pseudo.inside();
        if (inside == null) {
            boolean known = pseudo.element() ? kind == PseudoClass.PART : isPlain(kind);
            conditional |= known && kind == PseudoClass.STATE;
            return known ? (pseudo.element() ? "::" : ":") + pseudo.word() : null;
        }
        if (pseudo.element()) {
            return null;
        }
        String argument =
                switch (kind) {
                    case STEP -> PseudoClass.count(tokens, inside.from(), inside.to());
                    case LIST, AROUND -> list(inside.from(), inside.to(), depth);
                    case LANGUAGE -> language(inside.from(), inside.to());
                    case STATE, LINK, PLACE, ROOT, PART -> null;
                };
        return argument == null ? null : ":" + pseudo.word() + "(" + argument + ")";
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

    private @Nullable String list(int from, int to, int depth) {
        StringBuilder out = new StringBuilder();
        if (depth >= DEEPEST) {
            return null;
        }
        for (Tokens.Span one : tokens.list(from, to)) {
            String selector = selector(one.from(), one.to(), depth + 1);
            if (selector == null || selector.isEmpty()) {
                return null;
            }
            out.append(out.isEmpty() ? "" : ",").append(selector);
        }
        return out.isEmpty() ? null : out.toString();
    }
}
