package org.postern.render.css;

/** What styles are made of (CSS Syntax Level 3 section 4.2), looked at letter by letter: they are many. */
final class Letters {
    private static final boolean[] NAMES = names();

    private Letters() {}

    private static boolean[] names() {
        boolean[] names = new boolean[0x80];
        for (int c = 0; c < names.length; c++) {
            names[c] = isLetter(c) || isDigit(c) || c == '_' || c == '-';
        }
        return names;
    }

    /** A text with the line ends and the stand-in that browsers put into it (section 3.3). There is no letter zero in it. */
    static String preprocessed(String css) {
        if (css.indexOf('\r') < 0 && css.indexOf('\f') < 0 && css.indexOf('\0') < 0) {
            return css;
        }
        return css.replace("\r\n", "\n").replace('\r', '\n').replace('\f', '\n').replace('\0', '\uFFFD');
    }

    /** Up to so many hyphens, a letter or an underscore, and then at most 63 letters, digits, hyphens and underscores. */
    static boolean areName(String word, int hyphens) {
        int start = 0;
        while (start < hyphens && start < word.length() && word.charAt(start) == '-') {
            start++;
        }
        if (start == word.length() || !(isLetter(word.charAt(start)) || word.charAt(start) == '_')) {
            return false;
        }
        for (int i = start + 1; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return word.length() - start <= 64;
    }

    /** Three to eight hexadecimal digits. */
    static boolean areColour(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (!isDigit(c) && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F')) {
                return false;
            }
        }
        return digits.length() >= 3 && digits.length() <= 8;
    }

    /** One to so many letters. */
    static boolean are(String word, int most) {
        for (int i = 0; i < word.length(); i++) {
            if (!isLetter(word.charAt(i))) {
                return false;
            }
        }
        return !word.isEmpty() && word.length() <= most;
    }

    static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isNameStart(int c) {
        return isLetter(c) || c == '_' || c >= 0x80;
    }

    static boolean isName(int c) {
        return c >= NAMES.length || NAMES[c];
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\n';
    }

    static boolean isUnprintable(char c) {
        return c < 0x09 || c == 0x0B || (c > 0x0D && c < 0x20) || c == 0x7F;
    }
}
