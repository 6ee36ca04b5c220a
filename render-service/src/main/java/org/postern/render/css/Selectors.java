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
    private static final String BODY = "." + OwnNames.BODY;
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

    /** Writes the selectors that are allowed, separated by commas; nothing where none is. */
    void write(int from, int to, StringBuilder out) {
        int begin = out.length();
        int i = from;
        while (i < to) {
            int comma = tokens.find(Type.COMMA, i, to);
            int first = tokens.skipSpace(i, comma);
            int end = tokens.trimEnd(first, comma);
            i = comma + 1;
            int before = out.length();
            int start = begin(out, before > begin);
            if (selector(first, end, 0, out)) {
                ofBody |= tokens.get(end - 1).isIdent("body")
                        && out.indexOf(BODY, Math.max(start, out.length() - BODY.length())) >= 0;
                ofRoot |= isScope(out, start);
            } else {
                out.setLength(before);
            }
        }
    }

    /** Where the next of a list begins. */
    private static int begin(StringBuilder out, boolean more) {
        if (more) {
            out.append(',');
        }
        return out.length();
    }

    /** Writes one; whether it is allowed. Where it is not, some of it may have been written. */
    private boolean selector(int from, int to, int depth, StringBuilder out) {
        int start = out.length();
        int i = from;
        int parts = 0;
        while (i < to) {
            int end = endOfCompound(i, to);
            int before = out.length();
            boolean allowed =
                    end > i && ++parts <= MOST_PARTS && compound(i, end, parts == 1 && depth == 0, depth, out);
            int after = tokens.skipSpace(end, to);
            String combinator = after < to && SimpleSelector.isCombinator(tokens.get(after))
                    ? tokens.get(after).text()
                    : "";
            i = combinator.isEmpty() ? after : tokens.skipSpace(after + 1, to);
            boolean trailing = !combinator.isEmpty() && i >= to;
            if (!allowed || trailing) {
                return false;
            }
            boolean nothing = out.length() == before;
            if ((nothing || isScope(out, before)) && (combinator.equals("+") || combinator.equals("~"))) {
                return false;
            }
            if (!nothing && i < to) {
                out.append(combinator.isEmpty() ? " " : combinator);
            }
        }
        if (depth == 0 && from < to && !isScoped(out, start)) {
            out.insert(start, out.length() == start ? SCOPED : SCOPED + " ");
        }
        return from < to;
    }

    /** Whether what was written from here is the scope and nothing else. */
    private static boolean isScope(StringBuilder out, int start) {
        return out.length() == start + SCOPED.length() && out.indexOf(SCOPED, start) == start;
    }

    private static boolean isScoped(StringBuilder out, int start) {
        int end = start + SCOPED.length();
        boolean begins = out.length() >= end && out.charAt(start) == '.' && out.indexOf(SCOPED, start) == start;
        return begins && (out.length() == end || " >".indexOf(out.charAt(end)) >= 0);
    }

    private int endOfCompound(int from, int to) {
        int i = from;
        while (i < to && !tokens.get(i).is(Type.SPACE) && !SimpleSelector.isCombinator(tokens.get(i))) {
            i = Math.min(tokens.endOf(i), to - 1) + 1;
        }
        return i;
    }

    /** Writes one, for the root nothing, which the scope stands for; whether it is allowed. */
    private boolean compound(int from, int to, boolean first, int depth, StringBuilder out) {
        boolean alone = to - from == 1;
        boolean root = tokens.get(from).isIdent("html")
                || (to - from == 2
                        && tokens.get(from).is(Type.COLON)
                        && tokens.get(from + 1).isIdent("root"));
        if (root) {
            return first && (alone || tokens.get(from).is(Type.COLON));
        }
        if (first
                && to - from == 2
                && tokens.get(from).isDelim('.')
                && tokens.get(from + 1).isIdent(OwnNames.SCOPE)) {
            out.append(SCOPED);
            return true;
        }
        int i = from;
        while (i >= 0 && i < to) {
            SimpleSelector selector = SimpleSelector.at(tokens, i, to);
            i = selector != null && simple(selector, i == from, depth, out) ? selector.next() : -1;
        }
        return i >= 0;
    }

    private boolean simple(SimpleSelector selector, boolean begins, int depth, StringBuilder out) {
        return switch (selector) {
            case SimpleSelector.Named named -> begins && element(named.name(), out);
            case SimpleSelector.Any any -> begins && put("*", out);
            case SimpleSelector.OfClass ofClass ->
                ofClass.name().equalsIgnoreCase(OwnNames.BODY)
                        ? put(BODY, out)
                        : put(".", out) && OwnNames.write(ofClass.name(), out);
            case SimpleSelector.OfId ofId -> put("#", out) && OwnNames.write(ofId.name(), out);
            case SimpleSelector.Attributed attributed -> put(AttributeSelector.written(attributed), out);
            case SimpleSelector.Pseudo pseudo -> pseudo(pseudo, depth, out);
        };
    }

    /** Writes what is allowed; whether it is. */
    private static boolean put(@Nullable String text, StringBuilder out) {
        if (text != null) {
            out.append(text);
        }
        return text != null;
    }

    private static boolean element(String name, StringBuilder out) {
        boolean body = name.equalsIgnoreCase("body");
        return Letters.areName(name, 1) && put(body ? BODY : name.toLowerCase(Locale.ROOT), out);
    }

    private boolean pseudo(SimpleSelector.Pseudo pseudo, int depth, StringBuilder out) {
        PseudoClass kind = pseudo.kind();
        SimpleSelector.Inside inside = pseudo.inside();
        out.append(pseudo.element() ? "::" : ":").append(pseudo.word());
        if (inside == null) {
            boolean known = pseudo.element() ? kind == PseudoClass.PART : isPlain(kind);
            conditional |= known && kind == PseudoClass.STATE;
            return known;
        }
        out.append('(');
        boolean argument = !pseudo.element()
                && switch (kind) {
                    case STEP -> put(PseudoClass.count(tokens, inside.from(), inside.to()), out);
                    case LIST, AROUND -> list(inside.from(), inside.to(), depth, out);
                    case LANGUAGE -> put(language(inside.from(), inside.to()), out);
                    case STATE, LINK, PLACE, ROOT, PART -> false;
                };
        out.append(')');
        return argument;
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

    private boolean list(int from, int to, int depth, StringBuilder out) {
        if (depth >= DEEPEST) {
            return false;
        }
        boolean more = false;
        for (Tokens.Span one : tokens.list(from, to)) {
            int start = begin(out, more);
            if (!selector(one.from(), one.to(), depth + 1, out) || out.length() == start) {
                return false;
            }
            more = true;
        }
        return more;
    }
}
