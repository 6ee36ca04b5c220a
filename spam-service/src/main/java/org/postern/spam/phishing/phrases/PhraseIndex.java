package org.postern.spam.phishing.phrases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds many phrases in one pass over a text: linear in its words, whatever they are. Words such as "your" begin many phrases and
 * are in every mail: the second word says at once whether any of them is worth a look.
 */
public final class PhraseIndex<T> {
    private final Terms terms;
    /** What begins with a term; null for most. */
    private final @Nullable Starts[] starts;

    private final List<T> meanings;

    private PhraseIndex(Terms terms, @Nullable Starts[] starts, List<T> meanings) {
        this.terms = terms;
        this.starts = starts;
        this.meanings = meanings;
    }

    /** A phrase in terms. A gap has no set. */
    private static final class Entry {
        private final @Nullable TermSet[] slots;
        private final int meaning;

        Entry(@Nullable TermSet[] slots, int meaning) {
            this.slots = slots;
            this.meaning = meaning;
        }

        /** Its cost is bounded by the length of the phrase, not by that of the text. */
        boolean goesOn(int[] places, int at, int slot) {
            if (slot == slots.length) {
                return true;
            }
            TermSet taken = slots[slot];
            if (taken != null) {
                return at < places.length && taken.has(places[at]) && goesOn(places, at + 1, slot + 1);
            }
            for (int next = at; next <= at + Phrase.GAP && next < places.length; next++) {
                if (goesOn(places, next, slot + 1)) {
                    return true;
                }
                if (places[next] == Terms.BORDER) {
                    return false;
                }
            }
            return false;
        }
    }

    /** What begins with the same term. Arrays: this is asked for every word of every mail. */
    private static final class Starts {
        private final Entry[] always;
        private final Entry[] bySecond;
        private final TermSet seconds;

        Starts(List<Entry> entries, int terms) {
            always = entries.stream().filter(entry -> second(entry) == null).toArray(Entry[]::new);
            bySecond = entries.stream().filter(entry -> second(entry) != null).toArray(Entry[]::new);
            seconds = new TermSet(terms);
            for (Entry entry : bySecond) {
                TermSet second = second(entry);
                if (second != null) {
                    seconds.addAll(second);
                }
            }
        }

        private static @Nullable TermSet second(Entry entry) {
            return entry.slots.length == 1 ? null : entry.slots[1];
        }

        void collect(int[] places, int at, boolean[] found, List<Integer> inOrder) {
            if (always.length > 0) {
                collect(always, places, at, found, inOrder);
            }
            if (at + 1 < places.length && seconds.has(places[at + 1])) {
                collect(bySecond, places, at, found, inOrder);
            }
        }

        private static void collect(Entry[] entries, int[] places, int at, boolean[] found, List<Integer> inOrder) {
            for (Entry entry : entries) {
                if (!found[entry.meaning] && entry.goesOn(places, at + 1, 1)) {
                    found[entry.meaning] = true;
                    inOrder.add(entry.meaning);
                }
            }
        }
    }

    /** An index in the making. */
    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /** What the phrases that stand in a text mean, each once, in the order of the text. */
    public List<T> in(NumberedWords text) {
        int[] places = terms.in(text);
        boolean[] found = new boolean[meanings.size()];
        List<Integer> inOrder = new ArrayList<>();
        for (int at = 0; at < places.length; at++) {
            Starts here = places[at] <= Terms.OTHER ? null : starts[places[at]];
            if (here != null) {
                here.collect(places, at, found, inOrder);
            }
        }
        return inOrder.stream().map(meanings::get).toList();
    }

    /** Collects phrases. */
    public static final class Builder<T> {
        private final List<Phrase> phrases = new ArrayList<>();
        private final List<Integer> meant = new ArrayList<>();
        private final List<T> meanings = new ArrayList<>();
        private final Map<T, Integer> numbers = new HashMap<>();

        private Builder() {}

        /** Adds a phrase and what it means. */
        public Builder<T> add(Phrase phrase, T meaning) {
            phrases.add(phrase);
            meant.add(numbers.computeIfAbsent(meaning, m -> {
                meanings.add(m);
                return meanings.size() - 1;
            }));
            return this;
        }

        /** The index. */
        public PhraseIndex<T> build() {
            Terms terms = new Terms(phrases);
            List<List<Entry>> beginning = new ArrayList<>();
            for (int term = 0; term < terms.count(); term++) {
                beginning.add(new ArrayList<>());
            }
            Map<Phrase.Slot, TermSet> sets = new HashMap<>();
            for (int i = 0; i < phrases.size(); i++) {
                @Nullable TermSet[] slots = phrases.get(i).slots().stream()
                        .map(slot -> slot.gap() ? null : sets.computeIfAbsent(slot, terms::takenBy))
                        .toArray(TermSet[]::new);
                add(new Entry(slots, meant.get(i)), beginning);
            }
            @Nullable Starts[] starts = beginning.stream()
                    .map(entries -> entries.isEmpty() ? null : new Starts(entries, terms.count()))
                    .toArray(Starts[]::new);
            return new PhraseIndex<>(terms, starts, List.copyOf(meanings));
        }

        private static void add(Entry entry, List<List<Entry>> beginning) {
            TermSet first = entry.slots[0];
            for (int term = 1; first != null && term < beginning.size(); term++) {
                if (first.has(term)) {
                    beginning.get(term).add(entry);
                }
            }
        }
    }
}
