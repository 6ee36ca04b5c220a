package org.postern.spam.phishing.phrases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds many phrases in one pass over a text: linear in its words, whatever they are. Words such as "your" begin many phrases and
 * are in every mail: the second word says at once which of them are worth a look.
 */
public final class PhraseIndex<T> {
    // Not Map.copyOf: most words are in no phrase, and its tables look longer for what they do not have.
    private final Map<String, Starts<T>> byFirstWord = new HashMap<>();
    private final Map<Character, Map<String, Starts<T>>> byBeginning = new HashMap<>();

    private PhraseIndex() {}

    private record Entry<T>(Phrase phrase, T meaning) {}

    /** What begins with the same word. */
    private static final class Starts<T> {
        private final List<Entry<T>> always = new ArrayList<>();
        private final Map<String, List<Entry<T>>> bySecondWord = new HashMap<>();

        private void add(Entry<T> entry) {
            List<Phrase.Slot> slots = entry.phrase().slots();
            if (slots.size() == 1
                    || slots.get(1).gap()
                    || !slots.get(1).beginnings().isEmpty()) {
                always.add(entry);
                return;
            }
            slots.get(1).words().forEach(word -> bySecondWord
                    .computeIfAbsent(word, w -> new ArrayList<>())
                    .add(entry));
        }

        private void collect(List<String> words, int at, Set<T> found) {
            collect(always, words, at, found);
            if (at + 1 < words.size()) {
                collect(bySecondWord.get(words.get(at + 1)), words, at, found);
            }
        }

        private static <T> void collect(@Nullable List<Entry<T>> entries, List<String> words, int at, Set<T> found) {
            if (entries == null) {
                return;
            }
            for (Entry<T> entry : entries) {
                if (!found.contains(entry.meaning()) && entry.phrase().goesOnAfter(words, at)) {
                    found.add(entry.meaning());
                }
            }
        }
    }

    /** An index in the making. */
    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /** What the phrases that stand in a text mean, each once, in the order of the text. */
    public List<T> in(List<String> words) {
        Set<T> found = new LinkedHashSet<>();
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            Starts<T> starts = byFirstWord.get(word);
            if (starts != null) {
                starts.collect(words, at, found);
            }
            Map<String, Starts<T>> beginnings = word.isEmpty() ? null : byBeginning.get(word.charAt(0));
            if (beginnings != null) {
                for (Map.Entry<String, Starts<T>> beginning : beginnings.entrySet()) {
                    if (word.startsWith(beginning.getKey())) {
                        beginning.getValue().collect(words, at, found);
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    /** Collects phrases. */
    public static final class Builder<T> {
        private final PhraseIndex<T> index = new PhraseIndex<>();

        private Builder() {}

        /** Adds a phrase and what it means. */
        public Builder<T> add(Phrase phrase, T meaning) {
            Phrase.Slot first = phrase.slots().getFirst();
            Entry<T> entry = new Entry<>(phrase, meaning);
            first.words().forEach(word -> index.byFirstWord
                    .computeIfAbsent(word, w -> new Starts<>())
                    .add(entry));
            first.beginnings().forEach(beginning -> index.byBeginning
                    .computeIfAbsent(beginning.charAt(0), c -> new LinkedHashMap<>())
                    .computeIfAbsent(beginning, b -> new Starts<>())
                    .add(entry));
            return this;
        }

        /** The index. */
        public PhraseIndex<T> build() {
            return index;
        }
    }
}
