package org.postern.spam.phishing.phrases;

/** A set of terms, asked many times for each word of a text: a bit for each. */
final class TermSet {
    private final long[] bits;

    TermSet(int count) {
        bits = new long[(count >> 6) + 1];
    }

    void add(int term) {
        bits[term >> 6] |= 1L << term;
    }

    void addAll(TermSet others) {
        for (int i = 0; i < bits.length; i++) {
            bits[i] |= others.bits[i];
        }
    }

    /** Whether it is in here; a border is in no set. */
    boolean has(int term) {
        return term >= 0 && (bits[term >> 6] & 1L << term) != 0;
    }
}
