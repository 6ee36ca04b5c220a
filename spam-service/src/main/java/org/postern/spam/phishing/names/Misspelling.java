package org.postern.spam.phishing.names;

/** Whether one word is another with one letter changed, left out, put in, or two neighbours exchanged. */
final class Misspelling {
    private Misspelling() {}

    static boolean isOne(String word, String name) {
        int difference = word.length() - name.length();
        if (Math.abs(difference) > 1 || word.equals(name)) {
            return false;
        }
        int start = 0;
        int least = Math.min(word.length(), name.length());
        while (start < least && word.charAt(start) == name.charAt(start)) {
            start++;
        }
        String restOfWord = word.substring(start);
        String restOfName = name.substring(start);
        return switch (difference) {
            case 1 -> restOfWord.substring(1).equals(restOfName);
            case -1 -> restOfName.substring(1).equals(restOfWord);
            default -> restOfWord.substring(1).equals(restOfName.substring(1)) || isExchanged(restOfWord, restOfName);
        };
    }

    private static boolean isExchanged(String word, String name) {
        return word.length() > 1
                && word.charAt(0) == name.charAt(1)
                && word.charAt(1) == name.charAt(0)
                && word.substring(2).equals(name.substring(2));
    }
}
