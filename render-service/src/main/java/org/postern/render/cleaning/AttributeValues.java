package org.postern.render.cleaning;

import java.util.regex.Pattern;
import org.postern.render.css.OwnNames;

/** What the values of the attributes that mails are full of may be. Looked at letter by letter: they are many. */
final class AttributeValues {
    private static final Pattern PHONE = Pattern.compile("tel:[0-9+*#().,;-]{1,40}");
    private static final int LONGEST_WORD = 40;
    private static final int LONGEST_ROLE = 30;
    private static final int LONGEST_NAME = 100;
    private static final int MOST_NAMES = 201;
    private static final int DIGITS = 5;
    private static final int DECIMALS = 3;
    private static final int COUNT_DIGITS = 4;

    private AttributeValues() {}

    /** An address to follow, or a place in the mail. */
    static boolean isLink(String value) {
        if (value.startsWith("#")) {
            return value.length() > 1 && isOwnName(value, 1, value.length());
        }
        if (value.startsWith("tel:")) {
            return PHONE.matcher(value).matches();
        }
        int start =
                value.startsWith("https://") ? 8 : value.startsWith("http://") || value.startsWith("mailto:") ? 7 : 0;
        return start > 0 && start < value.length() && value.charAt(start) > ' ' && value.charAt(start) != '\\';
    }

    /** A word, a colour, or a language. */
    static boolean isWord(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '#' && c != '-') {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= LONGEST_WORD;
    }

    /** A word of at most 30 small letters. */
    static boolean isRole(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < 'a' || value.charAt(i) > 'z') {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= LONGEST_ROLE;
    }

    /** A number of at most four digits. */
    static boolean isCount(String value) {
        return !value.isEmpty() && value.length() <= COUNT_DIGITS && endOfDigits(value, 0) == value.length();
    }

    /** A number of pixels or percent. */
    static boolean isLength(String value) {
        int end = endOfDigits(value, 0);
        if (end == 0 || end > DIGITS) {
            return false;
        }
        if (end < value.length() && value.charAt(end) == '.') {
            int decimals = endOfDigits(value, end + 1);
            if (decimals == end + 1 || decimals > end + 1 + DECIMALS) {
                return false;
            }
            end = decimals;
        }
        return end == value.length()
                || (end + 1 == value.length() && value.charAt(end) == '%')
                || (end + 2 == value.length() && value.endsWith("px"));
    }

    /** Classes as they come out, one space between two. */
    static boolean areClasses(String value) {
        int start = 0;
        for (int count = 0; count < MOST_NAMES; count++) {
            int space = value.indexOf(' ', start);
            int end = space < 0 ? value.length() : space;
            boolean scope = start == 0 && isScope(value.substring(0, end));
            if (!scope && !isOwnName(value, start, end)) {
                return false;
            }
            if (space < 0) {
                return true;
            }
            start = space + 1;
        }
        return false;
    }

    private static boolean isScope(String name) {
        return name.equals(OwnNames.SCOPE) || name.equals(OwnNames.BODY);
    }

    private static boolean isOwnName(String value, int start, int end) {
        if (!value.startsWith(OwnNames.PREFIX, start)) {
            return false;
        }
        int length = end - start - OwnNames.PREFIX.length();
        for (int i = end - length; i < end; i++) {
            char c = value.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return length > 0 && length <= LONGEST_NAME;
    }

    private static int endOfDigits(String value, int start) {
        int end = start;
        while (end < value.length() && isDigit(value.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
