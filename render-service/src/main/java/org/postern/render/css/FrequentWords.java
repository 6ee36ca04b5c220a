package org.postern.render.css;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Token.Type;

/**
 * Words and numbers that styles are full of. Each is one token, found where it stands in a text: copying its letters, and
 * hashing the copy where its property is looked up, would take a multiple of the time.
 */
final class FrequentWords {
    private static final String WORDS =
            "none auto inherit initial unset important block inline inline-block table table-cell"
                    + " table-row flex grid hidden visible collapse separate fixed relative static absolute both"
                    + " left right center top bottom middle baseline justify start end bold bolder lighter normal"
                    + " italic underline line-through uppercase lowercase capitalize nowrap pre pre-wrap break-word"
                    + " break-all keep-all solid dashed dotted double transparent currentColor white black red green"
                    + " blue gray grey serif sans-serif monospace Arial Helvetica Verdana Tahoma Georgia Times"
                    + " Roboto Lato Courier disc circle square decimal cover contain repeat no-repeat repeat-x"
                    + " repeat-y scroll border-box content-box padding-box ease ease-in ease-out ease-in-out linear"
                    + " antialiased grayscale optimizeLegibility bicubic media screen only and not print all"
                    + " max-device-width prefers-color-scheme dark light import font-face supports keyframes url rgb"
                    + " rgba var calc html body div span a p h1 h2 h3 h4 h5 h6 td th tr tbody thead tfoot ul ol li"
                    + " dl dt dd img b i u strong em small sub sup blockquote font header footer section article"
                    + " button input hover active focus visited link first-child last-child nth-child before after"
                    + " root px rem pt vh vw deg ms s mso-table-lspace mso-table-rspace mso-line-height-rule"
                    + " mso-hide mso-padding-alt mso-line-height-alt exactly";
    private static final int NUMBERS = 101;
    private static final int DIGITS = 3;
    private static final int MARGIN = 4;
    private static final @Nullable Token[] TABLE = table();

    private FrequentWords() {}

    private static @Nullable Token[] table() {
        List<Token> all = new ArrayList<>();
        Properties.names().forEach(name -> all.add(Token.of(Type.IDENT, name)));
        for (String word : WORDS.split(" ")) {
            all.add(Token.of(Type.IDENT, word));
        }
        for (int i = 0; i < NUMBERS; i++) {
            all.add(Token.of(Type.NUMBER, Integer.toString(i)));
        }
        @Nullable Token[] table = new Token[Integer.highestOneBit(all.size()) * 2 * MARGIN];
        for (Token one : all) {
            int at = place(one.text().hashCode(), table.length);
            while (table[at] != null) {
                at = (at + 1) & (table.length - 1);
            }
            table[at] = one;
        }
        return table;
    }

    private static int place(int hash, int size) {
        return (hash ^ (hash >>> 16)) & (size - 1);
    }

    /** The hash of a text with one more letter; that of no letter is zero. */
    static int hash(int before, char letter) {
        return 31 * before + letter;
    }

    /** The token of the number that stands here, or null where it is none of these. */
    static @Nullable Token number(String css, int from, int to) {
        if (to - from > DIGITS) {
            return null;
        }
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash(hash, css.charAt(i));
        }
        return at(css, from, to, hash);
    }

    /**
     * The token of the word or number that stands here, or null where it is none of these.
     *
     * @param hash of the letters from one place to the other
     */
    static @Nullable Token at(String css, int from, int to, int hash) {
        int at = place(hash, TABLE.length);
        Token token = TABLE[at];
        while (token != null) {
            String text = token.text();
            if (text.length() == to - from && css.startsWith(text, from)) {
                return token;
            }
            at = (at + 1) & (TABLE.length - 1);
            token = TABLE[at];
        }
        return null;
    }
}
