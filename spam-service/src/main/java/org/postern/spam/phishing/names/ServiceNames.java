package org.postern.spam.phishing.names;

import java.util.Set;

/**
 * Names that are nothing but words of accounts, parcels and payments, as domains have that were bought for one fraud. A firm has a
 * name of its own.
 */
public final class ServiceNames {
    private static final int LONGEST = 63;
    private static final int FEWEST_WORDS = 2;
    /** Shorter words are found inside of any name; they count where hyphens stand around them. */
    private static final int SHORTEST_JOINED = 3;

    private static final int NO_NAME = -1;

    private final Set<String> words;

    /** @param words in lower case */
    public ServiceNames(Set<String> words) {
        this.words = Set.copyOf(words);
    }

    /** Whether a label is put together of two or more of the words, with or without hyphens and numbers between them. */
    public boolean isOne(String label) {
        if (label.length() > LONGEST || label.startsWith("xn--")) {
            return false;
        }
        int count = 0;
        int begin = 0;
        for (int end = 0; end <= label.length(); end++) {
            if (end == label.length() || isBetween(label.charAt(end))) {
                int words = begin == end ? 0 : wordsIn(label.substring(begin, end));
                if (words == NO_NAME) {
                    return false;
                }
                count += words;
                begin = end + 1;
            }
        }
        return count >= FEWEST_WORDS;
    }

    private static boolean isBetween(char c) {
        return c == '-' || (c >= '0' && c <= '9');
    }

    /** How many words a text is put together of; {@value #NO_NAME} where it is not. */
    private int wordsIn(String part) {
        if (words.contains(part)) {
            return 1;
        }
        int[] most = new int[part.length() + 1];
        for (int end = 1; end < most.length; end++) {
            most[end] = NO_NAME;
            for (int begin = 0; begin <= end - SHORTEST_JOINED; begin++) {
                if (most[begin] != NO_NAME && words.contains(part.substring(begin, end))) {
                    most[end] = Math.max(most[end], most[begin] + 1);
                }
            }
        }
        return most[part.length()];
    }
}
