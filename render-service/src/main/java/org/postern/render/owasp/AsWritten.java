package org.postern.render.owasp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.HtmlStreamEventReceiverWrapper;

/**
 * Stands behind the policy and in front of what writes, and finds out whether what is written will be read as the tree that
 * was told: whether the policy changed nothing, every tag is where each parser leaves it, and every character is one that is
 * written and read as it is. Then there is no second reading to fear, and none is needed.
 */
final class AsWritten extends HtmlStreamEventReceiverWrapper {
    private final Nesting nesting = new Nesting();
    private final List<String> attributes = new ArrayList<>();
    private @Nullable String tag;
    private @Nullable String text;
    private boolean asWritten = true;

    AsWritten(HtmlStreamEventReceiver renderer) {
        super(renderer);
    }

    boolean isAsWritten() {
        return asWritten && tag == null && text == null;
    }

    /** What the policy is told next. */
    void expectTag(String element, List<String> itsAttributes) {
        asWritten &= tag == null && text == null;
        tag = element;
        attributes.clear();
        attributes.addAll(itsAttributes);
    }

    /** What the policy is told next. */
    void expectText(String words) {
        asWritten &= text == null;
        text = words;
    }

    @Override
    public void openTag(String element, List<String> itsAttributes) {
        asWritten = asWritten
                && element.equals(tag)
                && attributes.equals(itsAttributes)
                && nesting.opens(element)
                && areWrittenAsTheyAre(itsAttributes);
        tag = null;
        super.openTag(element, itsAttributes);
    }

    @Override
    public void text(String words) {
        asWritten = asWritten && words.equals(text) && nesting.holds(words) && isWrittenAsItIs(words, false);
        text = null;
        super.text(words);
    }

    @Override
    public void closeTag(String element) {
        asWritten = asWritten && nesting.closes(element);
        super.closeTag(element);
    }

    private static boolean areWrittenAsTheyAre(List<String> attributes) {
        for (int i = 1; i < attributes.size(); i += 2) {
            if (!isWrittenAsItIs(attributes.get(i), true)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a text is read as it was before it was written. What writes leaves out control characters and halves of
     * characters; in attributes it puts something behind braces and backquotes.
     */
    private static boolean isWrittenAsItIs(String words, boolean attribute) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (c < ' ' ? !isLineOrTab(c) : c > '~' && !isCharacter(words, i)) {
                return false;
            }
            if (attribute && (c == '`' || (c == '{' && (i + 1 == words.length() || words.charAt(i + 1) == '{')))) {
                return false;
            }
        }
        return true;
    }

    /** Parsers may take a carriage return for a line feed; lines of mails end with both, and mean no more than one. */
    private static boolean isLineOrTab(char c) {
        return c == '\n' || c == '\r' || c == '\t';
    }

    private static boolean isCharacter(String words, int at) {
        char c = words.charAt(at);
        if (Character.isLowSurrogate(c)) {
            return at > 0 && Character.isHighSurrogate(words.charAt(at - 1));
        }
        int whole = words.codePointAt(at);
        boolean control = c <= '\u009f';
        boolean half = whole == c && Character.isSurrogate(c);
        boolean none = (whole & 0xfffe) == 0xfffe || (whole >= 0xfdd0 && whole <= 0xfdef);
        return !control && !half && !none;
    }
}
