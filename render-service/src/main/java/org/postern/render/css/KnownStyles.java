package org.postern.render.css;

import java.util.List;

/**
 * Styles that were judged before, in whatever mail: newsletters come by the thousand with the same ones, and judging those is
 * half of the work. What was written is kept only of styles without an address of an image, of which each mail makes its
 * own. In memory alone, for use by many threads.
 */
public final class KnownStyles {
    private static final int MOST_CHARACTERS = 4 << 20;
    private static final int MOST_OF_ATTRIBUTES = 1 << 20;

    /** What an entry takes of memory besides, as if it were text. */
    private static final int CHARACTERS_AN_ENTRY = 100;

    final Recent<Block, Written> written = new Recent<>(
            MOST_CHARACTERS, (block, one) -> block.css().length() + one.css().length());
    final Recent<Sheet, Hiding> hiding = new Recent<>(
            MOST_CHARACTERS,
            (sheet, found) -> sheet.css().length() + found.rules().size() * HidingRules.CHARACTERS_A_RULE);

    final Recent<String, WrittenAttribute> attributes = new Recent<>(
            MOST_OF_ATTRIBUTES, (css, one) -> css.length() + one.css().length() + CHARACTERS_AN_ENTRY);
    final Recent<String, Visibility> looks =
            new Recent<>(MOST_OF_ATTRIBUTES, (css, one) -> css.length() + CHARACTERS_AN_ENTRY);

    final Recent<String, String> backgrounds =
            new Recent<>(MOST_OF_ATTRIBUTES, (css, one) -> css.length() + one.length() + CHARACTERS_AN_ENTRY);

    /** A style element. */
    record Sheet(String css, String media) {}

    /**
     * What it says of what is seen.
     *
     * @param any whether something is hidden, and not only at times
     */
    record Hiding(List<HidingRules.Rule> rules, boolean any) {
        Hiding {
            rules = List.copyOf(rules);
        }
    }

    /**
     * A style element behind others.
     *
     * @param rootPainted whether one of those has painted the root
     */
    record Block(String css, String media, boolean rootPainted) {}

    /**
     * What it was written as.
     *
     * @param leftOut what must be reported each time
     * @param rootPainted whether the root is painted behind it
     */
    record Written(String css, NotedAddresses.LeftOut leftOut, boolean rootPainted) {}

    /**
     * What a style attribute was written as.
     *
     * @param leftOut what must be reported in each mail
     */
    record WrittenAttribute(String css, NotedAddresses.LeftOut leftOut) {}
}
