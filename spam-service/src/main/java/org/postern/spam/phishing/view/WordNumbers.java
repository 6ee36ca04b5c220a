package org.postern.spam.phishing.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Gives words numbers, a word that comes again its first one: most words of a text do. Where words were made to be looked for at
 * the same places, one gets another number instead of a longer search.
 */
final class WordNumbers {
    private static final int STEPS = 8;

    private final List<String> words = new ArrayList<>();
    private int[] hashes = new int[64];
    /** Numbers from 1, a power of two of them, at most half of them taken. */
    private int[] places = new int[128];

    /** The words by their numbers. */
    List<String> byNumber() {
        return Collections.unmodifiableList(words);
    }

    /** The number of the word of the first {@code size} characters. */
    int of(char[] word, int size) {
        int hash = hash(word, size);
        int free = -1;
        for (int step = 0; step < STEPS && free < 0; step++) {
            int place = place(hash, step);
            int number = places[place] - 1;
            if (number < 0) {
                free = place;
            } else if (hashes[number] == hash && isSame(words.get(number), word, size)) {
                return number;
            }
        }
        return add(new String(word, 0, size), hash, free);
    }

    private int add(String word, int hash, int free) {
        int number = words.size();
        words.add(word);
        if (number == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * number);
        }
        hashes[number] = hash;
        if (free >= 0) {
            places[free] = number + 1;
        }
        if (2 * words.size() > places.length) {
            grow();
        }
        return number;
    }

    private void grow() {
        places = new int[2 * places.length];
        for (int number = 0; number < words.size(); number++) {
            for (int step = 0; step < STEPS; step++) {
                int place = place(hashes[number], step);
                if (places[place] == 0) {
                    places[place] = number + 1;
                    break;
                }
            }
        }
    }

    private int place(int hash, int step) {
        return (hash + step) & (places.length - 1);
    }

    private static int hash(char[] word, int size) {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + word[i];
        }
        // The upper bits are the better ones.
        return hash * 0x9E3779B9 >>> 7;
    }

    private static boolean isSame(String known, char[] word, int size) {
        if (known.length() != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (known.charAt(i) != word[i]) {
                return false;
            }
        }
        return true;
    }
}
