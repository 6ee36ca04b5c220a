package org.postern.render.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.postern.render.css.Token.Type;

/**
 * A selector in its plainest spelling, with nothing in it that cannot be told from the tree alone.
 *
 * @param text as any reader of selectors understands it
 * @param name a class, in small letters, without which nothing is meant; empty where there is none
 * @param weight its specificity (Selectors Level 4 section 17)
 * @param atTimes whether it means what it means only at times, such as under the pointer
 */
record PlainSelector(String text, String name, int weight, boolean atTimes) {
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N} .,:;/?=%#_@+-]{0,200}");
    private static final int LONGEST = 1000;
    private static final int DEEPEST = 3;
    private static final int ELEMENT = 1;
    private static final int CLASS = 1 << 10;
    private static final int ID = 1 << 20;

    /** Those of a list that can be told from the tree. */
    static List<PlainSelector> list(Tokens tokens, int from, int to) {
        List<PlainSelector> all = new ArrayList<>();
        for (Tokens.Span one : tokens.list(from, to)) {
            Writer writer = new Writer(tokens);
            if (one.from() < one.to() && writer.write(one.from(), one.to(), 0)) {
                all.add(new PlainSelector(writer.out.toString().strip(), writer.name, writer.weight, writer.atTimes));
            }
        }
        return all;
    }

    /** Writes one. */
    private static final class Writer {
        private final Tokens tokens;
        private final StringBuilder out = new StringBuilder();
        private String name = "";
        private int weight;
        private boolean atTimes;

        Writer(Tokens tokens) {
            this.tokens = tokens;
        }

        /** Whether it could be written. */
        boolean write(int from, int to, int depth) {
            int i = from;
            while (i < to && i >= 0 && out.length() < LONGEST) {
                if (depth == 0) {
                    name = ends(i) ? "" : classAt(i, to);
                }
                i = next(i, from, to, depth);
            }
            return i >= to;
        }

        /** Writes what begins here; where the next begins, or -1. */
        private int next(int at, int from, int to, int depth) {
            Token token = tokens.get(at);
            if (ends(at)) {
                out.append(token.text());
                return at + 1;
            }
            SimpleSelector selector = SimpleSelector.at(tokens, at, to);
            if (selector == null) {
                return -1;
            }
            boolean alone = at == from || ends(at - 1);
            boolean written =
                    switch (selector) {
                        case SimpleSelector.Named named ->
                            put(escaped(named.name().toLowerCase(Locale.ROOT)), ELEMENT);
                        case SimpleSelector.Any any -> put("*", 0);
                        case SimpleSelector.OfClass ofClass -> put("." + escaped(ofClass.name()), CLASS);
                        case SimpleSelector.OfId ofId -> put("#" + escaped(ofId.name()), ID);
                        case SimpleSelector.Attributed attributed -> attribute(attributed);
                        case SimpleSelector.Pseudo pseudo -> !pseudo.element() && pseudo(pseudo, alone, depth);
                    };
            return written ? selector.next() : -1;
        }

        /** The class that is named here, or what was named before. */
        private String classAt(int at, int to) {
            boolean named = tokens.get(at).isDelim('.') && at + 1 < to;
            return named ? tokens.get(at + 1).text().toLowerCase(Locale.ROOT) : name;
        }

        /** Whether a compound ends with this token. */
        private boolean ends(int at) {
            return tokens.get(at).is(Type.SPACE) || SimpleSelector.isCombinator(tokens.get(at));
        }

        private boolean put(String text, int itsWeight) {
            out.append(text);
            weight += itsWeight;
            return true;
        }

        private boolean attribute(SimpleSelector.Attributed selector) {
            String attribute = escaped(selector.name().toLowerCase(Locale.ROOT));
            String value = selector.value();
            if (value == null) {
                return put("[" + attribute + "]", CLASS);
            }
            if (selector.operator().equals("|") || !VALUE.matcher(value).matches()) {
                return false;
            }
            // One of several words: as a piece it means no less.
            String operator = selector.operator().equals("~") ? "*" : selector.operator();
            return put("[" + attribute + operator + "=\"" + value + "\"]", CLASS);
        }

        private boolean pseudo(SimpleSelector.Pseudo pseudo, boolean alone, int depth) {
            SimpleSelector.Inside inside = pseudo.inside();
            if (inside == null) {
                return switch (pseudo.kind()) {
                    case PLACE, ROOT -> put(":" + pseudo.word(), CLASS);
                    case LINK -> put(alone ? "*" : "", CLASS);
                    case STATE -> {
                        atTimes = true;
                        yield put(alone ? "*" : "", CLASS);
                    }
                    case STEP, LIST, AROUND, LANGUAGE, PART -> false;
                };
            }
            return switch (pseudo.kind()) {
                case STEP -> step(pseudo.word(), inside);
                case LIST -> depth < DEEPEST && inner(pseudo.word(), inside, depth);
                case STATE, LINK, PLACE, ROOT, AROUND, LANGUAGE, PART -> false;
            };
        }

        private boolean step(String word, SimpleSelector.Inside inside) {
            String count = PseudoClass.count(tokens, inside.from(), inside.to());
            return count != null && put(":" + word + "(" + count.replace(" ", "") + ")", CLASS);
        }

        private boolean inner(String word, SimpleSelector.Inside inside, int depth) {
            // What "where" holds is as "is", and weighs too much here: nobody writes it to hide.
            out.append(word.equals("not") ? ":not(" : ":is(");
            boolean begun = false;
            for (Tokens.Span one : tokens.list(inside.from(), inside.to())) {
                out.append(begun ? "," : "");
                if (one.from() >= one.to() || !write(one.from(), one.to(), depth + 1)) {
                    return false;
                }
                begun = true;
            }
            return begun && put(")", 0);
        }

        private static String escaped(String name) {
            StringBuilder escaped = new StringBuilder();
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
                boolean later = i > 0 && ((c >= '0' && c <= '9') || c == '-');
                if (letter || later || (c == '-' && name.length() > 1)) {
                    escaped.append(c);
                } else {
                    escaped.append('\\').append(Integer.toHexString(c)).append(' ');
                }
            }
            return escaped.toString();
        }
    }
}
