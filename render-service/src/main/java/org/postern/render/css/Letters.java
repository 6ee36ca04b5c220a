package org.postern.render.css;

/** What styles are made of (CSS Syntax Level 3 section 4.2), looked at letter by letter: they are many. */
final class Letters {
    private Letters() {}

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
        return (c >= 'a' && c <= 'z') || c == '-' || isDigit(c) || isNameStart(c);
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
