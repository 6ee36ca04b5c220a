package org.postern.spam.expressions;

/** A text that counts how often its characters are looked at, and ends the search where that becomes too often. */
final class CountedText implements CharSequence {
    private final String text;
    private final long most;
    private long reads;

    CountedText(String text, long most) {
        this.text = text;
        this.most = most;
    }

    /** It was looked at too often. */
    static final class ReadTooOften extends RuntimeException {
        private static final long serialVersionUID = 1;

        ReadTooOften(int length, long reads) {
            super("a text of " + length + " characters was read " + reads + " times");
        }
    }

    long reads() {
        return reads;
    }

    @Override
    public char charAt(int index) {
        if (++reads > most) {
            throw new ReadTooOften(text.length(), reads);
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
