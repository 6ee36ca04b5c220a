package org.postern.render.cleaning;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** What shows nothing: comments, and the space between rows, cells and items. */
public final class Blanks {
    private Blanks() {}

    /** Whether the space in an element shows nothing. */
    public static boolean isFrame(Element element) {
        return ElementFate.of(element).kind() == ElementFate.Kind.FRAMES;
    }

    /**
     * Whether a node shows nothing.
     *
     * @param inFrame whether the space in its parent does not
     */
    public static boolean isOne(Node node, boolean inFrame) {
        return node instanceof Comment || (inFrame && node instanceof TextNode text && text.isBlank());
    }

    /** Takes them out of an element, but for those deeper in it. */
    static void takeOut(Element element) {
        boolean frame = isFrame(element);
        int size = element.childNodeSize();
        int i = 0;
        while (i < size && !isOne(element.childNode(i), frame)) {
            i++;
        }
        if (i < size) {
            List<Node> kept = new ArrayList<>(element.childNodes());
            kept.removeIf(node -> isOne(node, frame));
            // At once: taking them out one by one would move all that follow, each time.
            element.empty();
            element.appendChildren(kept);
        }
    }
}
