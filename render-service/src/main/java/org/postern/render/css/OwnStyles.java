package org.postern.render.css;

import java.util.HashSet;
import java.util.Set;

/**
 * Styles that were written here while one mail was cleaned. What is letter by letter one of them is what judging it once
 * more would give ({@link StyleFilter} writes what it wrote the same), and is not judged again. Bounded.
 */
public final class OwnStyles {
    private static final int MOST = 4000;

    private final Set<String> attributes = new HashSet<>();
    private final Set<String> blocks = new HashSet<>();

    boolean hasAttribute(String css) {
        return attributes.contains(css);
    }

    boolean hasBlock(String css) {
        return blocks.contains(css);
    }

    void addAttribute(String css) {
        if (attributes.size() < MOST) {
            attributes.add(css);
        }
    }

    void addBlock(String css) {
        if (blocks.size() < MOST) {
            blocks.add(css);
        }
    }
}
