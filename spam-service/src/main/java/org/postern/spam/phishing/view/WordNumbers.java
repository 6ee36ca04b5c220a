package org.postern.spam.phishing.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Gives words numbers, a word that comes again its first one: most words of a text do. Where words were made to be looked for at
 * the same places, one gets another number instead of a longer search.
 *
 * <p>A word is looked for by its key, eight bits for a letter. That of up to eight letters of ASCII is the word itself, so that
 * nothing more is to be compared: most words are such.
 */
final class WordNumbers {
    private static final int STEPS = 8;
    private static final int LETTERS_OF_A_KEY = 8;

    private final List<String> words = new ArrayList<>();
    private long[] keys = new long[64];
    /** How many letters where the key is the word; 0 where it is not. */
    private byte[] exact = new byte[64];
    /** Numbers from 1, a power of two of them, at most half of them taken. */
    private int[] places = new int[128];

    /** The key of a word and one letter more. */
    static long key(long before, char letter) {
        return Long.rotateLeft(before, 8) ^ letter;
    }

    /** The words by their numbers. */
    List<String> byNumber() {
        return Collections.unmodifiableList(words);
    }

    /** The number of a word. */
    int of(String word) {
        long key = 0;
        boolean ascii = true;
        for (int i = 0; i < word.length(); i++) {
            key = key(key, word.charAt(i));
            ascii &= word.charAt(i) < 128;
        }
        return of(word.toCharArray(), word.length(), key, ascii);
    }

    /** The number of the word of the first {@code size} characters, all of ASCII, which have that key. */
    int ofAscii(char[] word, int size, long key) {
        return of(word, size, key, true);
    }

    private int of(char[] word, int size, long key, boolean ascii) {
        int letters = ascii && size <= LETTERS_OF_A_KEY ? size : 0;
        int free = -1;
        for (int step = 0; step < STEPS && free < 0; step++) {
            int place = place(key, step);
            int number = places[place] - 1;
            if (number < 0) {
                free = place;
            } else if (keys[number] == key
                    && exact[number] == letters
                    && (letters > 0 || isSame(words.get(number), word, size))) {
                return number;
            }
        }
        return add(new String(word, 0, size), key, letters, free);
    }

    private int add(String word, long key, int letters, int free) {
        int number = words.size();
        words.add(word);
        if (number == keys.length) {
            keys = Arrays.copyOf(keys, 2 * number);
            exact = Arrays.copyOf(exact, 2 * number);
        }
        keys[number] = key;
        exact[number] = (byte) letters;
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
                int place = place(keys[number], step);
                if (places[place] == 0) {
                    places[place] = number + 1;
                    break;
                }
            }
        }
    }

    private int place(long key, int step) {
        // The upper bits are the better ones.
        return ((int) ((key * 0x9E3779B97F4A7C15L) >>> 36) + step) & (places.length - 1);
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
