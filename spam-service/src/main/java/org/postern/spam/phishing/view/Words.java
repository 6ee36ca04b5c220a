package org.postern.spam.phishing.view;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Cuts a text into words that phrases can be compared with: lower case, without accents, and with letters of another
 * script that only look Latin taken for what they look like. What hides between the letters of a word is nothing.
 */
public final class Words {
    private static final Normalizer2 FOLD = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 DECOMPOSE = Normalizer2.getNFKDInstance();
    private static final SpoofChecker SKELETON = new SpoofChecker.Builder().build();
    private static final int LONGEST_WORD = 64;

    private final List<String> words = new ArrayList<>();
    private final int most;
    private final char[] word = new char[LONGEST_WORD + 1];
    private int size;
    private boolean plain = true;
    private int disguised;

    private Words(int most) {
        this.most = most;
    }

    /**
     * The words of a text.
     *
     * @param most where the reading ends
     */
    public static Words of(CharSequence text, int most) {
        Words words = new Words(most);
        words.read(text.toString());
        return words;
    }

    /** The words in their order. */
    public List<String> list() {
        return Collections.unmodifiableList(words);
    }

    /** How many of them mixed Latin letters with look-alikes of Greek or Cyrillic. */
    public int disguised() {
        return disguised;
    }

    private void read(String text) {
        int length = text.length();
        for (int i = 0; i < length && words.size() < most; ) {
            char c = text.charAt(i);
            if (c < 128) {
                takeAscii(c);
                i++;
            } else {
                int point = text.codePointAt(i);
                take(point);
                i += Character.charCount(point);
            }
        }
        end();
    }

    /** Most of most mails. */
    private void takeAscii(char c) {
        boolean capital = c >= 'A' && c <= 'Z';
        if (!capital && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
            end();
        } else if (size < LONGEST_WORD) {
            word[size++] = capital ? (char) (c + ('a' - 'A')) : c;
        }
    }

    private void take(int point) {
        if (isOfWord(point)) {
            if (isIdeograph(point)) {
                end();
                words.add(Character.toString(point));
            } else if (size < LONGEST_WORD) {
                size += Character.toChars(point, word, size);
                plain = false;
            }
        } else if (!isNothing(point)) {
            end();
        }
    }

    private void end() {
        if (size > 0 && words.size() < most) {
            String text = new String(word, 0, size);
            words.add(plain ? text : folded(text));
        }
        size = 0;
        plain = true;
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
