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
    private final List<@Nullable Starts> starts;

    private final List<T> meanings;

    private PhraseIndex(Terms terms, List<@Nullable Starts> starts, List<T> meanings) {
        this.terms = terms;
        this.starts = starts;
        this.meanings = meanings;
    }

    /** A phrase in terms. A gap has no set. */
    private record Entry(List<@Nullable TermSet> slots, int meaning) {
        /** Its cost is bounded by the length of the phrase, not by that of the text. */
        boolean goesOn(int[] places, int at, int slot) {
            if (slot == slots.size()) {
                return true;
            }
            TermSet taken = slots.get(slot);
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

    /** What begins with the same term. */
    private static final class Starts {
        private final List<Entry> always = new ArrayList<>();
        private final List<Entry> bySecond = new ArrayList<>();
        private final TermSet seconds;

        Starts(int terms) {
            seconds = new TermSet(terms);
        }

        void add(Entry entry) {
            TermSet second = entry.slots().size() == 1 ? null : entry.slots().get(1);
            if (second == null) {
                always.add(entry);
            } else {
                bySecond.add(entry);
                seconds.addAll(second);
            }
        }

        void collect(int[] places, int at, boolean[] found, List<Integer> inOrder) {
            collect(always, places, at, found, inOrder);
            if (at + 1 < places.length && seconds.has(places[at + 1])) {
                collect(bySecond, places, at, found, inOrder);
            }
        }

        private static void collect(List<Entry> entries, int[] places, int at, boolean[] found, List<Integer> inOrder) {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                if (!found[entry.meaning()] && entry.goesOn(places, at + 1, 1)) {
                    found[entry.meaning()] = true;
                    inOrder.add(entry.meaning());
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
            Starts here = places[at] <= Terms.OTHER ? null : starts.get(places[at]);
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
            List<@Nullable Starts> starts = new ArrayList<>();
            for (int term = 0; term < terms.count(); term++) {
                starts.add(null);
            }
            Map<Phrase.Slot, TermSet> sets = new HashMap<>();
            for (int i = 0; i < phrases.size(); i++) {
                List<@Nullable TermSet> slots = new ArrayList<>();
                for (Phrase.Slot slot : phrases.get(i).slots()) {
                    slots.add(slot.gap() ? null : sets.computeIfAbsent(slot, terms::takenBy));
                }
                add(new Entry(slots, meant.get(i)), starts, terms.count());
            }
            return new PhraseIndex<>(terms, starts, List.copyOf(meanings));
        }

        private static void add(Entry entry, List<@Nullable Starts> starts, int count) {
            TermSet first = entry.slots().getFirst();
            for (int term = 1; first != null && term < count; term++) {
                if (first.has(term)) {
                    Starts here = starts.get(term);
                    if (here == null) {
                        here = new Starts(count);
                        starts.set(term, here);
                    }
                    here.add(entry);
                }
            }
        }
    }
}
