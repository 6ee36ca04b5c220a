package org.postern.spam.phishing.phrases;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Words in their order, as a table writes them: {@code (verify|confirm) your account}. A word that ends with a tilde stands for
 * all that begin with it; {@code *} for up to {@value #GAP} words of any kind.
 */
public record Phrase(List<Slot> slots) {
    static final int GAP = 4;
    private static final int MOST_ALTERNATIVES = 40;

    public Phrase {
        slots = List.copyOf(slots);
        if (slots.isEmpty() || slots.getFirst().gap() || slots.getLast().gap()) {
            throw new IllegalArgumentException("a phrase must begin and end with a word");
        }
    }

    /**
     * One place of a phrase.
     *
     * @param words that may stand there
     * @param beginnings of words that may stand there
     * @param gap whether any words may
     */
    public record Slot(Set<String> words, List<String> beginnings, boolean gap) {
        public Slot {
            words = Set.copyOf(words);
            beginnings = List.copyOf(beginnings);
        }
    }

    /**
     * Reads a phrase.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Phrase parse(String text) {
        List<Slot> slots = new ArrayList<>();
        for (String place : text.strip().split("\\s+", 40)) {
            if (place.equals("*")) {
                slots.add(new Slot(Set.of(), List.of(), true));
                continue;
            }
            boolean group = place.startsWith("(") && place.endsWith(")");
            String[] alternatives =
                    (group ? place.substring(1, place.length() - 1) : place).split("\\|", MOST_ALTERNATIVES);
            Set<String> words = new LinkedHashSet<>();
            List<String> beginnings = new ArrayList<>();
            for (String alternative : alternatives) {
                if (alternative.isEmpty() || !alternative.equals(alternative.toLowerCase(Locale.ROOT))) {
                    throw new IllegalArgumentException("not a phrase in lower case: " + text);
                }
                if (alternative.endsWith("~")) {
                    beginnings.add(alternative.substring(0, alternative.length() - 1));
                } else {
                    words.add(alternative);
                }
            }
            slots.add(new Slot(words, beginnings, false));
        }
        return new Phrase(slots);
    }
}
