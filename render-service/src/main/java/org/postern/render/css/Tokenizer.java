package org.postern.render.css;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Token.Type;

/**
 * Cuts CSS into tokens exactly as CSS Syntax Level 3 section 4.3 says, so that what a browser reads and what is judged
 * here are the same. Never fails; takes time in proportion to the text.
 */
final class Tokenizer {
    /** Stands behind the text, where it cannot stand in it. */
    private static final char END = 0;

    private static final int FARTHEST_PEEK = 4;
    private static final int BETWEEN_CHECKS = 1024;
    private static final int HEX_DIGITS = 6;

    private final String css;
    private final char[] letters;
    private final int length;
    private final Runnable check;
    private Token[] tokens;
    private int size;
    private int at;
    private @Nullable Token frequent;

    private Tokenizer(String css, Runnable check) {
        this.css = Letters.preprocessed(css);
        this.length = this.css.length();
        this.letters = new char[length + FARTHEST_PEEK];
        this.css.getChars(0, length, letters, 0);
        this.check = check;
        this.tokens = new Token[length / 3 + 4];
    }

    /** @param check called again and again; what it throws ends the work */
    static Tokens tokens(String css, Runnable check) {
        Tokenizer tokenizer = new Tokenizer(css, check);
        while (tokenizer.at < tokenizer.length) {
            tokenizer.next();
            if (tokenizer.size % BETWEEN_CHECKS == 0) {
                check.run();
            }
        }
        return new Tokens(tokenizer.tokens, tokenizer.size);
    }

    private char peek(int ahead) {
        return letters[at + ahead];
    }

    private void add(Type type, String text) {
        add(Token.of(type, text));
    }

    private void add(Token token) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, size * 2);
        }
        tokens[size++] = token;
    }

    private void next() {
        char c = letters[at];
        if (Letters.isLetter(c)) {
            identLike();
        } else if (Letters.isSpace(c)) {
            while (Letters.isSpace(letters[at])) {
                at++;
            }
            add(Token.SPACE);
        } else if (Token.isAlone(c)) {
            at++;
            add(Token.of(c));
        } else if (c == '/' && peek(1) == '*') {
            int end = css.indexOf("*/", at + 2);
            at = end < 0 ? length : end + 2;
            check.run();
        } else if (c == '"' || c == '\'') {
            string(c);
        } else if (c == '#' && (Letters.isName(peek(1)) || isEscape(1))) {
            at++;
            add(Type.HASH, name());
        } else if (startsNumber(0)) {
            number();
        } else if (c == '@' && startsName(1)) {
            at++;
            add(Type.AT, name());
        } else if (startsName(0)) {
            identLike();
        } else {
            punctuation(c);
        }
    }

    private void punctuation(char c) {
        if ((c == '<' && css.startsWith("<!--", at)) || (c == '-' && css.startsWith("-->", at))) {
            at += c == '<' ? 4 : 3;
            add(Type.COMMENT_MARK, "");
            return;
        }
        at++;
        add(Token.of(c));
    }

    private void string(char quote) {
        at++;
        StringBuilder text = new StringBuilder();
        while (at < length) {
            char c = letters[at];
            if (c == quote) {
                at++;
                add(Type.STRING, text.toString());
                return;
            }
            if (c == '\n') {
                add(Type.BAD_STRING, "");
                return;
            }
            if (c == '\\') {
                if (peek(1) == END || peek(1) == '\n') {
                    at += peek(1) == END ? 1 : 2;
                } else {
                    escape(text);
                }
            } else {
                text.append(c);
                at++;
            }
        }
        add(Type.STRING, text.toString());
    }

    private void number() {
        int start = at;
        if (peek(0) == '+' || peek(0) == '-') {
            at++;
        }
        digits();
        if (peek(0) == '.' && Letters.isDigit(peek(1))) {
            at++;
            digits();
        }
        if (peek(0) == 'e' || peek(0) == 'E') {
            int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            if (Letters.isDigit(peek(1 + sign))) {
                at += 1 + sign;
                digits();
            }
        }
        Token known = FrequentWords.number(css, start, at);
        String text = known == null ? css.substring(start, at) : known.text();
        if (startsName(0)) {
            add(new Token(Type.DIMENSION, text, name()));
        } else if (peek(0) == '%') {
            at++;
            add(Type.PERCENTAGE, text);
        } else {
            add(known == null ? Token.of(Type.NUMBER, text) : known);
        }
    }

    private void digits() {
        while (Letters.isDigit(peek(0))) {
            at++;
        }
    }

    private void identLike() {
        String name = name();
        if (peek(0) != '(') {
            add(frequent == null ? Token.of(Type.IDENT, name) : frequent);
            return;
        }
        at++;
        if (!name.equalsIgnoreCase("url")) {
            add(Type.FUNCTION, name);
            return;
        }
        int first = 0;
        while (Letters.isSpace(peek(first))) {
            first++;
        }
        if (peek(first) == '"' || peek(first) == '\'') {
            add(Type.FUNCTION, name);
        } else {
            at += first;
            url();
        }
    }

    private void url() {
        StringBuilder text = new StringBuilder();
        while (at < length) {
            char c = letters[at];
            if (c == ')') {
                at++;
                add(Type.URL, text.toString());
                return;
            }
            if (Letters.isSpace(c)) {
                while (Letters.isSpace(peek(0))) {
                    at++;
                }
                if (peek(0) != ')' && peek(0) != END) {
                    badUrl();
                    return;
                }
            } else if (c == '"' || c == '\'' || c == '(' || Letters.isUnprintable(c) || (c == '\\' && !isEscape(0))) {
                badUrl();
                return;
            } else if (c == '\\') {
                escape(text);
            } else {
                text.append(c);
                at++;
            }
        }
        add(Type.URL, text.toString());
    }

    private void badUrl() {
        while (at < length) {
            if (letters[at] == ')') {
                at++;
                break;
            }
            at += isEscape(0) ? 2 : 1;
        }
        add(Type.BAD_URL, "");
    }

    private String name() {
        int start = at;
        int end = at;
        int hash = 0;
        while (Letters.isName(letters[end])) {
            hash = FrequentWords.hash(hash, letters[end]);
            end++;
        }
        at = end;
        frequent = null;
        if (!isEscape(0)) {
            frequent = FrequentWords.at(css, start, end, hash);
            return frequent == null ? css.substring(start, end) : frequent.text();
        }
        StringBuilder text = new StringBuilder().append(css, start, at);
        while (Letters.isName(peek(0)) || isEscape(0)) {
            if (isEscape(0)) {
                escape(text);
            } else {
                text.append(letters[at++]);
            }
        }
        return text.toString();
    }

    private void escape(StringBuilder text) {
        at++;
        int hex = 0;
        int point = 0;
        while (hex < HEX_DIGITS && peek(0) < 0x80 && Character.digit(peek(0), 16) >= 0) {
            point = point * 16 + Character.digit(peek(0), 16);
            at++;
            hex++;
        }
        if (hex == 0) {
            int whole = css.codePointAt(at);
            text.appendCodePoint(whole);
            at += Character.charCount(whole);
            return;
        }
        if (Letters.isSpace(peek(0))) {
            at++;
        }
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        text.appendCodePoint(point == 0 || surrogate || point > Character.MAX_CODE_POINT ? 0xFFFD : point);
    }

    private boolean isEscape(int ahead) {
        return peek(ahead) == '\\' && peek(ahead + 1) != '\n' && peek(ahead + 1) != END;
    }

    private boolean startsName(int ahead) {
        int c = peek(ahead);
        if (c == '-') {
            int second = peek(ahead + 1);
            return Letters.isNameStart(second) || second == '-' || isEscape(ahead + 1);
        }
        return Letters.isNameStart(c) || isEscape(ahead);
    }

    private boolean startsNumber(int ahead) {
        int sign = peek(ahead) == '+' || peek(ahead) == '-' ? 1 : 0;
        int c = peek(ahead + sign);
        return Letters.isDigit(c) || (c == '.' && Letters.isDigit(peek(ahead + sign + 1)));
    }
}
