package org.postern.spam.phishing.phrases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds many phrases in one pass over a text: linear in its words, whatever they are. */
public final class PhraseIndex<T> {
    private final Map<String, List<Entry<T>>> byFirstWord;
    private final Map<String, List<Entry<T>>> byBeginning;
    private final Set<Integer> lengths;

    private PhraseIndex(Map<String, List<Entry<T>>> byFirstWord, Map<String, List<Entry<T>>> byBeginning) {
        this.byFirstWord = byFirstWord;
        this.byBeginning = byBeginning;
        this.lengths = new LinkedHashSet<>();
        byBeginning.keySet().forEach(beginning -> lengths.add(beginning.length()));
    }

    private record Entry<T>(Phrase phrase, T meaning) {}

    /** An index in the making. */
    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /** What the phrases that stand in a text mean, each once, in the order of the text. */
    public List<T> in(List<String> words) {
        Set<T> found = new LinkedHashSet<>();
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            collect(byFirstWord.get(word), words, at, found);
            for (int length : lengths) {
                if (word.length() >= length) {
                    collect(byBeginning.get(word.substring(0, length)), words, at, found);
                }
            }
        }
        return List.copyOf(found);
    }

    private static <T> void collect(@Nullable List<Entry<T>> entries, List<String> words, int at, Set<T> found) {
        if (entries == null) {
            return;
        }
        for (Entry<T> entry : entries) {
            if (!found.contains(entry.meaning()) && entry.phrase().standsAt(words, at)) {
                found.add(entry.meaning());
            }
        }
    }

    /** Collects phrases. */
    public static final class Builder<T> {
        private final Map<String, List<Entry<T>>> byFirstWord = new HashMap<>();
        private final Map<String, List<Entry<T>>> byBeginning = new HashMap<>();

        private Builder() {}

        /** Adds a phrase and what it means. */
        public Builder<T> add(Phrase phrase, T meaning) {
            Phrase.Slot first = phrase.slots().getFirst();
            Entry<T> entry = new Entry<>(phrase, meaning);
            first.words().forEach(word -> byFirstWord
                    .computeIfAbsent(word, w -> new ArrayList<>())
                    .add(entry));
            first.beginnings().forEach(word -> byBeginning
                    .computeIfAbsent(word, w -> new ArrayList<>())
                    .add(entry));
            return this;
        }

        /** The index. */
        public PhraseIndex<T> build() {
            return new PhraseIndex<>(Map.copyOf(byFirstWord), Map.copyOf(byBeginning));
        }
    }
}
