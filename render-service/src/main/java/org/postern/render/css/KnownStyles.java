package org.postern.render.css;

import java.util.List;

/**
 * Style blocks that were judged before, in whatever mail: newsletters come by the thousand with the same ones, and judging
 * those is a third of the work. What was written is kept only of blocks without an address of an image, of which each mail
 * makes its own. In memory alone, for use by many threads.
 */
public final class KnownStyles {
    private static final int MOST_CHARACTERS = 4 << 20;

    final Recent<Block, Written> written = new Recent<>(
            MOST_CHARACTERS, (block, one) -> block.css().length() + one.css().length());
    final Recent<Sheet, List<HidingRules.Rule>> hiding = new Recent<>(
            MOST_CHARACTERS, (sheet, rules) -> sheet.css().length() + rules.size() * HidingRules.CHARACTERS_A_RULE);

    /** A style element. */
    record Sheet(String css, String media) {}

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
}
