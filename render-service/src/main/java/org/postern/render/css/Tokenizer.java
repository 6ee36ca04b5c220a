package org.postern.render.css;

import java.util.ArrayList;
import java.util.List;
import org.postern.render.css.Token.Type;

/**
 * Cuts CSS into tokens exactly as CSS Syntax Level 3 section 4.3 says, so that what a browser reads and what is judged
 * here are the same. Never fails; takes time in proportion to the text.
 */
final class Tokenizer {
    private static final int END = -1;
    private static final int BETWEEN_CHECKS = 1024;
    private static final int HEX_DIGITS = 6;

    private final String css;
    private final Runnable check;
    private final List<Token> tokens;
    private int at;

    private Tokenizer(String css, Runnable check) {
        this.css = preprocessed(css);
        this.check = check;
        this.tokens = new ArrayList<>(this.css.length() / 3 + 4);
    }

    /** @param check called again and again; what it throws ends the work */
    static List<Token> tokens(String css, Runnable check) {
        Tokenizer tokenizer = new Tokenizer(css, check);
        while (tokenizer.at < tokenizer.css.length()) {
            tokenizer.next();
            if (tokenizer.tokens.size() % BETWEEN_CHECKS == 0) {
                check.run();
            }
        }
        return tokenizer.tokens;
    }

    private static String preprocessed(String css) {
        if (css.indexOf('\r') < 0 && css.indexOf('\f') < 0 && css.indexOf('\0') < 0) {
            return css;
        }
        return css.replace("\r\n", "\n").replace('\r', '\n').replace('\f', '\n').replace('\0', '\uFFFD');
    }

    private int peek(int ahead) {
        int index = at + ahead;
        return index < css.length() ? css.charAt(index) : END;
    }

    private void add(Type type, String text) {
        tokens.add(Token.of(type, text));
    }

    private void next() {
        if (css.charAt(at) == '/' && peek(1) == '*') {
            int end = css.indexOf("*/", at + 2);
            at = end < 0 ? css.length() : end + 2;
            check.run();
            return;
        }
        int c = css.charAt(at);
        if (Letters.isLetter(c)) {
            identLike();
        } else if (Letters.isSpace(c)) {
            while (Letters.isSpace(peek(0))) {
                at++;
            }
            tokens.add(Token.SPACE);
        } else if (c == '"' || c == '\'') {
            string((char) c);
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
            punctuation((char) c);
        }
    }

    private void punctuation(char c) {
        if ((c == '<' && css.startsWith("<!--", at)) || (c == '-' && css.startsWith("-->", at))) {
            at += c == '<' ? 4 : 3;
            add(Type.COMMENT_MARK, "");
            return;
        }
        at++;
        tokens.add(Token.of(c));
    }

    private void string(char quote) {
        at++;
        StringBuilder text = new StringBuilder();
        while (at < css.length()) {
            char c = css.charAt(at);
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
                if (peek(1) == END) {
                    at++;
                } else if (peek(1) == '\n') {
                    at += 2;
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
        String text = css.substring(start, at);
        if (startsName(0)) {
            tokens.add(new Token(Type.DIMENSION, text, name()));
        } else if (peek(0) == '%') {
            at++;
            add(Type.PERCENTAGE, text);
        } else {
            add(Type.NUMBER, text);
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
            add(Type.IDENT, name);
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
        while (at < css.length()) {
            char c = css.charAt(at);
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
        while (at < css.length()) {
            if (css.charAt(at) == ')') {
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
        while (end < css.length() && Letters.isName(css.charAt(end))) {
            end++;
        }
        at = end;
        if (!isEscape(0)) {
            return css.substring(start, at);
        }
        StringBuilder text = new StringBuilder().append(css, start, at);
        while (true) {
            if (Letters.isName(peek(0))) {
                text.append(css.charAt(at++));
            } else if (isEscape(0)) {
                escape(text);
            } else {
                return text.toString();
            }
        }
    }

    private void escape(StringBuilder text) {
        at++;
        int hex = 0;
        int point = 0;
        while (hex < HEX_DIGITS && Character.digit(Math.max(0, asciiOnly(peek(0))), 16) >= 0) {
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

    private static int asciiOnly(int c) {
        return c < 0x80 ? c : END;
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
