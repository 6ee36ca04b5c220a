package org.postern.render.cleaning;

import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.postern.render.RenderingBudget;

/** What a tree shows, as plain text: a line for each block, cells apart, images by what they are said to be. */
public final class ShownText {
    private final RenderingBudget budget;
    private final StringBuilder text = new StringBuilder();

    private ShownText(RenderingBudget budget) {
        this.budget = budget;
    }

    /** What is shown of that tree. */
    public static String of(Element body, RenderingBudget budget) {
        ShownText shown = new ShownText(budget);
        shown.children(body);
        return shown.text.toString().strip();
    }

    private void children(Element parent) {
        boolean spaceIgnored = InvisibleNodes.ignoresSpace(parent);
        for (int i = 0; i < parent.childNodeSize(); i++) {
            Node node = parent.childNode(i);
            if (node instanceof TextNode words && !InvisibleNodes.isInvisible(words, spaceIgnored)) {
                add(words.getWholeText());
            } else if (node instanceof Element element) {
                budget.step();
                element(element);
            }
        }
    }

    private void element(Element element) {
        String name = element.normalName();
        boolean block = element.isBlock() && AllowedElements.allows(name, true);
        switch (name) {
            case "br" -> text.append('\n');
            case "img" -> text.append(element.attributes().get("alt"));
            case "td", "th" -> text.append(' ');
            default -> {
                if (block) {
                    newLine();
                }
            }
        }
        children(element);
        if (block) {
            newLine();
        }
    }

    /** Any number of spaces is one. */
    private void add(String words) {
        int i = 0;
        while (i < words.length()) {
            int start = i;
            while (i < words.length() && !isSpace(words.charAt(i)) && !isUnseen(words.charAt(i))) {
                i++;
            }
            // A word at once: letter by letter a text takes a multiple of the time.
            text.append(words, start, i);
            if (i < words.length() && isSpace(words.charAt(i)) && !text.isEmpty()) {
                if (!Character.isWhitespace(text.charAt(text.length() - 1))) {
                    text.append(' ');
                }
            }
            i++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\u00a0';
    }

    private static boolean isUnseen(char c) {
        return c == '\u00ad' || c == '\u200b';
    }

    private void newLine() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }
}
