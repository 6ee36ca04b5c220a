package org.postern.render.css;

/**
 * A token of CSS (CSS Syntax Level 3 section 4), its escapes decoded.
 *
 * @param text what it says: the name, the string, the address, the digits of a number, or the one character
 * @param unit the unit of a dimension, empty otherwise
 */
record Token(Type type, String text, String unit) {
    enum Type {
        IDENT,
        FUNCTION,
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
        OPEN_SQUARE,
        CLOSE_SQUARE,
        OPEN_ROUND,
        CLOSE_ROUND,
        OPEN_CURLY,
        CLOSE_CURLY
    }

    /** Any amount of space. */
    static final Token SPACE = of(Type.SPACE, " ");

    /** Those with which no other token begins. */
    private static final String ALONE = ":;,[](){}!$%&*=>?^`|~";

    private static final boolean[] IS_ALONE = alone();
    private static final Token[] CHARACTERS = characters();

    private static boolean[] alone() {
        boolean[] alone = new boolean[0x80];
        ALONE.chars().forEach(c -> alone[c] = true);
        return alone;
    }

    private static Token[] characters() {
        Token[] all = new Token[0x80];
        for (char c = 0; c < all.length; c++) {
            Type type =
                    switch (c) {
                        case ':' -> Type.COLON;
                        case ';' -> Type.SEMICOLON;
                        case ',' -> Type.COMMA;
                        case '[' -> Type.OPEN_SQUARE;
                        case ']' -> Type.CLOSE_SQUARE;
                        case '(' -> Type.OPEN_ROUND;
                        case ')' -> Type.CLOSE_ROUND;
                        case '{' -> Type.OPEN_CURLY;
                        case '}' -> Type.CLOSE_CURLY;
                        default -> Type.DELIM;
                    };
            all[c] = of(type, String.valueOf(c));
        }
        return all;
    }

    /** One that is one character, as most are. */
    static Token of(char c) {
        return c < CHARACTERS.length ? CHARACTERS[c] : of(Type.DELIM, String.valueOf(c));
    }

    /** Whether a character is a token, whatever stands around it. */
    static boolean isAlone(char c) {
        return c < IS_ALONE.length && IS_ALONE[c];
    }

    static Token of(Type type, String text) {
        return new Token(type, text, "");
    }

    boolean is(Type other) {
        return type == other;
    }

    boolean isDelim(char c) {
        return type == Type.DELIM && text.charAt(0) == c;
    }

    boolean isIdent(String name) {
        return type == Type.IDENT && text.equalsIgnoreCase(name);
    }

    /** Whether it would run into the next word where nothing stands between them. */
    boolean isWord() {
        return switch (type) {
            case IDENT, HASH, STRING, NUMBER, PERCENTAGE, DIMENSION, AT -> true;
            case FUNCTION,
                    BAD_STRING,
                    URL,
                    BAD_URL,
                    DELIM,
                    SPACE,
                    COMMENT_MARK,
                    COLON,
                    SEMICOLON,
                    COMMA,
                    OPEN_SQUARE,
                    CLOSE_SQUARE,
                    OPEN_ROUND,
                    CLOSE_ROUND,
                    OPEN_CURLY,
                    CLOSE_CURLY -> false;
        };
    }
}
