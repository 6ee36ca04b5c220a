package org.postern.spam.phishing.view;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.postern.spam.phishing.phrases.NumberedWords;

/**
 * Cuts a text into words that phrases can be compared with: lower case, without accents, and with letters of another
 * script that only look Latin taken for what they look like. What hides between the letters of a word is nothing.
 */
public final class Words implements NumberedWords {
    private static final Normalizer2 FOLD = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 DECOMPOSE = Normalizer2.getNFKDInstance();
    private static final SpoofChecker SKELETON = new SpoofChecker.Builder().build();
    private static final int LONGEST_WORD = 64;
    /** About as many as a word has in most languages, with what stands behind it. */
    private static final int LETTERS_FOR_A_WORD = 6;

    private static final int FEWEST_PLACES = 16;

    private static final char[] LETTERS = letters();

    private final WordNumbers numbers = new WordNumbers();
    private final int most;
    private final char[] word = new char[LONGEST_WORD + 1];
    private int[] order;
    private int places;
    private int count;
    private int size;
    private long key;
    private boolean plain = true;
    private int disguised;

    private Words(int most, int length) {
        this.most = most;
        this.order = new int[Math.min(most, length / LETTERS_FOR_A_WORD) + FEWEST_PLACES];
    }

    /** Letters and digits of ASCII in lower case; nothing for what stands between words. */
    private static char[] letters() {
        char[] letters = new char[128];
        for (char c = '0'; c <= 'z'; c++) {
            letters[c] = Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0;
        }
        return letters;
    }

    /**
     * The words of a text.
     *
     * @param most where the reading ends
     */
    public static Words of(CharSequence text, int most) {
        return of(List.of(text), most);
    }

    /**
     * The words of several texts, with a border between each and the next.
     *
     * @param most where the reading ends
     */
    public static Words of(List<? extends CharSequence> texts, int most) {
        Words words =
                new Words(most, texts.stream().mapToInt(CharSequence::length).sum());
        for (CharSequence text : texts) {
            if (words.places > 0) {
                words.put(BORDER);
            }
            words.read(text.toString());
        }
        return words;
    }

    /** The words in their order. */
    public List<String> list() {
        List<String> list = new ArrayList<>(count);
        for (int place = 0; place < places; place++) {
            if (order[place] != BORDER) {
                list.add(numbers.byNumber().get(order[place]));
            }
        }
        return list;
    }

    @Override
    public int size() {
        return places;
    }

    @Override
    public int at(int place) {
        return order[place];
    }

    @Override
    public List<String> byNumber() {
        return numbers.byNumber();
    }

    /** How many of them mixed Latin letters with look-alikes of Greek or Cyrillic. */
    public int disguised() {
        return disguised;
    }

    private void read(String text) {
        int length = text.length();
        int i = 0;
        while (i < length && count < most) {
            i = takeLetters(text, i);
            if (i < length) {
                char c = text.charAt(i);
                if (c < LETTERS.length) {
                    end();
                    i++;
                } else {
                    int point = text.codePointAt(i);
                    take(point);
                    i += Character.charCount(point);
                }
            }
        }
        end();
    }

    /** Takes the letters of ASCII that follow, which are most of most mails, and tells where they end. */
    private int takeLetters(String text, int from) {
        int letters = size;
        long known = key;
        int i = from;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            char letter = c < LETTERS.length ? LETTERS[c] : 0;
            if (letter == 0) {
                break;
            }
            if (letters < LONGEST_WORD) {
                word[letters++] = letter;
                known = WordNumbers.key(known, letter);
            }
        }
        size = letters;
        key = known;
        return i;
    }

    private void take(int point) {
        if (isOfWord(point)) {
            if (isIdeograph(point)) {
                end();
                add(Character.toString(point));
            } else if (size < LONGEST_WORD) {
                size += Character.toChars(point, word, size);
                plain = false;
            }
        } else if (!isNothing(point)) {
            end();
        }
    }

    private void end() {
        if (size > 0 && count < most) {
            if (plain) {
                count++;
                put(numbers.ofAscii(word, size, key));
            } else {
                add(folded(new String(word, 0, size)));
            }
        }
        size = 0;
        key = 0;
        plain = true;
    }

    private void add(String folded) {
        count++;
        put(numbers.of(folded));
    }

    private void put(int number) {
        if (places == order.length) {
            order = Arrays.copyOf(order, 2 * places);
        }
        order[places++] = number;
    }

    private String folded(String word) {
        String folded = word;
        if (isMixed(word)) {
            disguised++;
            folded = SKELETON.getSkeleton(word);
        }
        String decomposed = DECOMPOSE.normalize(FOLD.normalize(folded));
        StringBuilder bare = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                bare.append(c);
            }
        }
        return bare.toString();
    }

    /** Latin together with Greek or Cyrillic in one word: nobody writes so. */
    private static boolean isMixed(String word) {
        boolean latin = false;
        boolean other = false;
        for (int i = 0; i < word.length(); i++) {
            int script = UScript.getScript(word.charAt(i));
            latin |= script == UScript.LATIN;
            other |= script == UScript.CYRILLIC || script == UScript.GREEK;
        }
        // A single Greek letter is a unit or a name: the micro sign, an alpha.
        return latin && other && word.length() > 3;
    }

    private static boolean isOfWord(int point) {
        return Character.isLetterOrDigit(point) || Character.getType(point) == Character.NON_SPACING_MARK;
    }

    private static boolean isIdeograph(int point) {
        return point >= 0x3040 && (Character.isIdeographic(point) || (point >= 0x3040 && point <= 0x30ff));
    }

    /** Soft hyphens, joiners and their like are not seen: a word goes on over them. */
    private static boolean isNothing(int point) {
        return point == 0xAD
                || (point >= 0x200B && point <= 0x200F)
                || point == 0x2060
                || point == 0xFEFF
                || point == 0x34F;
    }
}
