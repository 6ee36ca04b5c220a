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
        int i = from;
        while (i < to) {
            int comma = tokens.find(Type.COMMA, i, to);
            Writer writer = new Writer(tokens);
            int start = tokens.skipSpace(i, comma);
            int end = tokens.trimEnd(start, comma);
            if (start < end && writer.write(start, end, 0)) {
                all.add(new PlainSelector(writer.out.toString().strip(), writer.name, writer.weight, writer.atTimes));
            }
            i = comma + 1;
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
            return switch (token.type()) {
                case SPACE -> put(" ", 0, at + 1);
                case IDENT -> put(escaped(token.text().toLowerCase(Locale.ROOT)), ELEMENT, at + 1);
                case HASH -> put("#" + escaped(token.text()), ID, at + 1);
                case DELIM -> delimiter(at, to);
                case OPEN_SQUARE -> attribute(at + 1, tokens.endOf(at), to);
                case COLON -> pseudo(at + 1, at == from || ends(at - 1), to, depth);
                case AT,
                        FUNCTION,
                        STRING,
                        BAD_STRING,
                        URL,
                        BAD_URL,
                        NUMBER,
                        PERCENTAGE,
                        DIMENSION,
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

        /** The class that is named here, or what was named before. */
        private String classAt(int at, int to) {
            boolean named = tokens.get(at).isDelim('.') && at + 1 < to;
            return named ? tokens.get(at + 1).text().toLowerCase(Locale.ROOT) : name;
        }

        /** Whether a compound ends with this token. */
        private boolean ends(int at) {
            Token token = tokens.get(at);
            return token.is(Type.SPACE) || token.isDelim('>') || token.isDelim('+') || token.isDelim('~');
        }

        private int put(String text, int itsWeight, int next) {
            out.append(text);
            weight += itsWeight;
            return next;
        }

        private int delimiter(int at, int to) {
            Token token = tokens.get(at);
            if (token.isDelim('.')) {
                boolean named = at + 1 < to && tokens.get(at + 1).is(Type.IDENT);
                return named ? put("." + escaped(tokens.get(at + 1).text()), CLASS, at + 2) : -1;
            }
            return "*>+~".contains(token.text()) ? put(token.text(), 0, at + 1) : -1;
        }

        private int attribute(int from, int end, int to) {
            int name = tokens.skipSpace(from, end);
            if (end >= to || name >= end || !tokens.get(name).is(Type.IDENT)) {
                return -1;
            }
            String attribute = escaped(tokens.get(name).text().toLowerCase(Locale.ROOT));
            int i = tokens.skipSpace(name + 1, end);
            if (i >= end) {
                return put("[" + attribute + "]", CLASS, end + 1);
            }
            String operator = "";
            if (tokens.get(i).is(Type.DELIM) && "^$*~".contains(tokens.get(i).text())) {
                operator = tokens.get(i++).text();
            }
            int value = i < end && tokens.get(i).isDelim('=') ? tokens.skipSpace(i + 1, end) : end;
            boolean quoted = value < end
                    && (tokens.get(value).is(Type.STRING) || tokens.get(value).is(Type.IDENT))
                    && VALUE.matcher(tokens.get(value).text()).matches();
            if (!quoted) {
                return -1;
            }
            String text = tokens.get(value).text();
            // One of several words: as a piece it means no less.
            return put(
                    "[" + attribute + (operator.equals("~") ? "*" : operator) + "=\"" + text + "\"]", CLASS, end + 1);
        }

        private int pseudo(int at, boolean alone, int to, int depth) {
            if (at >= to) {
                return -1;
            }
            Token token = tokens.get(at);
            String word = token.text().toLowerCase(Locale.ROOT);
            PseudoClass kind = PseudoClass.of(word);
            if (kind == null) {
                return -1;
            }
            if (token.is(Type.IDENT)) {
                return switch (kind) {
                    case PLACE, ROOT -> put(":" + word, CLASS, at + 1);
                    case LINK -> put(alone ? "*" : "", CLASS, at + 1);
                    case STATE -> {
                        atTimes = true;
                        yield put(alone ? "*" : "", CLASS, at + 1);
                    }
                    case STEP, LIST, AROUND, LANGUAGE, PART -> -1;
                };
            }
            int end = tokens.endOf(at);
            if (!token.is(Type.FUNCTION) || end >= to) {
                return -1;
            }
            return switch (kind) {
                case STEP -> step(word, at + 1, end);
                case LIST -> depth < DEEPEST ? inner(word, at + 1, end, depth) : -1;
                case STATE, LINK, PLACE, ROOT, AROUND, LANGUAGE, PART -> -1;
            };
        }

        private int step(String word, int from, int end) {
            StringBuilder text = new StringBuilder();
            for (int i = from; i < end && text.length() < 32; i++) {
                text.append(tokens.get(i).text().strip()).append(tokens.get(i).unit());
            }
            String count = text.toString().toLowerCase(Locale.ROOT);
            boolean good = count.indexOf(' ') < 0 && PseudoClass.isCount(count);
            return good ? put(":" + word + "(" + count + ")", CLASS, end + 1) : -1;
        }

        private int inner(String word, int from, int to, int depth) {
            // What "where" holds is as "is", and weighs too much here: nobody writes it to hide.
            out.append(word.equals("not") ? ":not(" : ":is(");
            int i = from;
            while (i < to) {
                int comma = tokens.find(Type.COMMA, i, to);
                int start = tokens.skipSpace(i, comma);
                int end = tokens.trimEnd(start, comma);
                out.append(i == from ? "" : ",");
                if (start >= end || !write(start, end, depth + 1)) {
                    return -1;
                }
                i = comma + 1;
            }
            return from < to ? put(")", 0, to + 1) : -1;
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
