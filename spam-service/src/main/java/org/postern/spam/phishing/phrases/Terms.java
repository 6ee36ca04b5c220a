package org.postern.spam.phishing.phrases;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What phrases know of words, as small numbers: each word and each beginning that stands in one of them is a term. */
final class Terms {
    /** A word of which no phrase knows anything. */
    static final int OTHER = 0;

    static final int BORDER = -1;

    // Not Map.copyOf: most words are in no phrase, and its tables look longer for what they do not have.
    private final Map<String, Integer> words = new HashMap<>();
    private final Map<String, Integer> beginnings = new HashMap<>();
    /** By their first letter, the longest first: it implies the shorter ones. */
    private final Map<Character, List<String>> byLetter = new HashMap<>();

    private final List<String> texts = new ArrayList<>(List.of(""));

    Terms(List<Phrase> phrases) {
        phrases.stream().flatMap(phrase -> phrase.slots().stream()).forEach(slot -> {
            slot.words().forEach(word -> words.computeIfAbsent(word, this::number));
            slot.beginnings().forEach(beginning -> beginnings.computeIfAbsent(beginning, this::number));
        });
        beginnings.keySet().forEach(beginning -> byLetter.computeIfAbsent(
                        beginning.charAt(0), letter -> new ArrayList<>())
                .add(beginning));
        byLetter.values()
                .forEach(list -> list.sort(
                        Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder())));
    }

    private Integer number(String text) {
        texts.add(text);
        return texts.size() - 1;
    }

    /** One more than the highest. */
    int count() {
        return texts.size();
    }

    /** The terms that a slot takes which is no gap. */
    TermSet takenBy(Phrase.Slot slot) {
        TermSet taken = new TermSet(count());
        slot.words().forEach(word -> taken.add(words.getOrDefault(word, OTHER)));
        for (String beginning : slot.beginnings()) {
            for (int term = 1; term < texts.size(); term++) {
                if (texts.get(term).startsWith(beginning)) {
                    taken.add(term);
                }
            }
        }
        return taken;
    }

    /** The term at each place of a text. */
    int[] in(NumberedWords text) {
        List<String> byNumber = text.byNumber();
        int[] ofNumber = new int[byNumber.size()];
        for (int number = 0; number < ofNumber.length; number++) {
            ofNumber[number] = of(byNumber.get(number));
        }
        int[] places = new int[text.size()];
        for (int place = 0; place < places.length; place++) {
            int number = text.at(place);
            places[place] = number == NumberedWords.BORDER ? BORDER : ofNumber[number];
        }
        return places;
    }

    private int of(String word) {
        Integer exact = words.get(word);
        if (exact != null) {
            return exact;
        }
        List<String> candidates = word.isEmpty() ? null : byLetter.get(word.charAt(0));
        if (candidates != null) {
            for (String beginning : candidates) {
                if (word.startsWith(beginning)) {
                    return beginnings.getOrDefault(beginning, OTHER);
                }
            }
        }
        return OTHER;
    }
}
