package org.postern.render.cleaning;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Nodes that no browser shows: comments, and the space between rows, cells and items. */
public final class InvisibleNodes {
    private InvisibleNodes() {}

    /** Whether a browser shows no space that stands right in this element, as in tables and lists. */
    public static boolean ignoresSpace(Element element) {
        return ElementFate.of(element).kind() == ElementFate.Kind.FRAMES;
    }

    /**
     * Whether no browser shows a node.
     *
     * @param spaceIgnored whether its parent {@linkplain #ignoresSpace ignores space}
     */
    public static boolean isInvisible(Node node, boolean spaceIgnored) {
        return node instanceof Comment || (spaceIgnored && node instanceof TextNode text && text.isBlank());
    }

    /** Takes them out of an element, but for those deeper in it. */
    static void removeFrom(Element element) {
        boolean spaceIgnored = ignoresSpace(element);
        int size = element.childNodeSize();
        int i = 0;
        while (i < size && !isInvisible(element.childNode(i), spaceIgnored)) {
            i++;
        }
        if (i < size) {
            List<Node> kept = new ArrayList<>(element.childNodes());
            kept.removeIf(node -> isInvisible(node, spaceIgnored));
            // At once: taking them out one by one would move all that follow, each time.
            element.empty();
            element.appendChildren(kept);
        }
    }
}
