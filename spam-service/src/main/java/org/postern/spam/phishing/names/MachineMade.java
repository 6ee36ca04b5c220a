package org.postern.spam.phishing.names;

/** Whether a name looks as if nobody had thought of it: letters that cannot be spoken, or digits strewn among them. */
public final class MachineMade {
    private static final int SHORTEST = 8;
    private static final int MOST_CONSONANTS = 6;
    private static final int MOST_CHANGES = 4;

    private MachineMade() {}

    /** Whether that is likely; wrong for some acronyms. */
    public static boolean isLikely(String label) {
        if (label.length() < SHORTEST || label.startsWith("xn--")) {
            return false;
        }
        int run = 0;
        int longestRun = 0;
        int changes = 0;
        int vowels = 0;
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean vowel = "aeiouy".indexOf(c) >= 0;
            boolean letter = c >= 'a' && c <= 'z';
            run = letter && !vowel ? run + 1 : 0;
            longestRun = Math.max(longestRun, run);
            vowels += vowel ? 1 : 0;
            changes += i > 0 && isDigit(c) != isDigit(label.charAt(i - 1)) && c != '-' && label.charAt(i - 1) != '-'
                    ? 1
                    : 0;
        }
        return changes >= MOST_CHANGES || (longestRun >= MOST_CONSONANTS && vowels * 4 < label.length());
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
