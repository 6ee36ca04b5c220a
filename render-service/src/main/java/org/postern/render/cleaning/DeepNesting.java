package org.postern.render.cleaning;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.postern.render.RenderingBudget;

/**
 * Makes flat what is nested deeper than any mail is. Parsers leave something out at a depth of their own, so that what they
 * make of it is another tree each time it is read, and reading is slow there. Down there only text, images and links are
 * kept; the boxes around them are not. Looks at every element once.
 */
public final class DeepNesting {
    /** Elements inside one another. A table that begins above ends in its cells, so that it may be four more. */
    public static final int DEEPEST = 230;

    /** Text inside them stands in front of their table. */
    private static final Set<String> NO_PLACE_FOR_TEXT = Set.of("table", "tbody", "thead", "tfoot", "tr", "colgroup");

    private static final Set<String> LISTS = Set.of("ul", "ol", "dir", "dl");
    private static final Set<String> HOLD_NOTHING = Set.of("br", "img", "image", "wbr");

    private final RenderingBudget budget;
    private int flattened;

    DeepNesting(RenderingBudget budget) {
        this.budget = budget;
    }

    /** Puts what the parser lost its place for, at the depth where it leaves out, back into the body. */
    static void gather(Element body) {
        Element page = body.parent();
        List<Node> inside = new ArrayList<>();
        List<Node> astray = new ArrayList<>();
        for (Node node : page == null || !body.nameIs("body") ? List.<Node>of() : page.childNodes()) {
            boolean place = node == body || (node instanceof Element element ? element.nameIs("head") : !isText(node));
            (place ? inside : astray).add(node);
        }
        if (page != null && !astray.isEmpty()) {
            page.empty();
            page.appendChildren(inside);
            body.appendChildren(astray);
        }
    }

    /** Makes flat what is too deep in an element; how many elements were taken out of the way. */
    int flatten(Element root) {
        children(root, 0, false);
        return flattened;
    }

    private void children(Element parent, int depth, boolean inLink) {
        // A list too: taken out of one, its items would stand without it, and be read otherwise each time.
        boolean deep = depth >= DEEPEST || (depth == DEEPEST - 1 && holdsList(parent));
        if (deep && !NO_PLACE_FOR_TEXT.contains(parent.normalName())) {
            flat(parent, inLink);
            return;
        }
        for (int i = 0; i < parent.childNodeSize(); i++) {
            if (parent.childNode(i) instanceof Element child && !ElementFate.isRemoved(child)) {
                budget.step();
                children(child, depth + 1, inLink || child.nameIs("a"));
            }
        }
    }

    private static boolean holdsList(Element parent) {
        for (int i = 0; i < parent.childNodeSize(); i++) {
            if (parent.childNode(i) instanceof Element child && LISTS.contains(child.normalName())) {
                return true;
            }
        }
        return false;
    }

    private void flat(Element parent, boolean inLink) {
        int before = flattened;
        List<Node> kept = new ArrayList<>();
        collect(parent, inLink, kept);
        if (flattened > before) {
            // At once: taking them out one by one would move all that follow, each time.
            parent.empty();
            parent.appendChildren(kept);
        }
    }

    private static boolean isText(Node node) {
        return node instanceof TextNode text && !text.isBlank();
    }

    private void collect(Element parent, boolean inLink, List<Node> kept) {
        for (Node node : parent.childNodes()) {
            if (!(node instanceof Element element)) {
                if (!(node instanceof Comment)) {
                    kept.add(node);
                }
                continue;
            }
            budget.step();
            if (HOLD_NOTHING.contains(element.normalName()) || ElementFate.isRemoved(element)) {
                kept.add(element);
            } else if (element.nameIs("a") && !inLink) {
                flat(element, true);
                kept.add(element);
            } else {
                flattened++;
                collect(element, inLink, kept);
                // What has no parent any more is added elsewhere without looking for its place here.
                element.empty();
                if (element.isBlock() && !kept.isEmpty()) {
                    kept.add(new TextNode(" "));
                }
            }
        }
    }
}
