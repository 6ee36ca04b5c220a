package org.postern.render.owasp;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.owasp.html.HtmlStreamEventReceiver;
import org.postern.render.RenderingBudget;
import org.postern.render.cleaning.AllowedElements;
import org.postern.render.cleaning.InvisibleNodes;

/**
 * Tells the policy a tree as its own parser would tell it the text of that tree: start tags, end tags and text, without the
 * detour over a text. What is no element of ours is told as what is in it.
 */
final class TreeEvents {
    private final HtmlStreamEventReceiver policy;
    private final AsWritten check;
    private final RenderingBudget budget;
    private final List<String> attributes = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private String text = "";
    private boolean begun;

    TreeEvents(HtmlStreamEventReceiver policy, AsWritten check, RenderingBudget budget) {
        this.policy = policy;
        this.check = check;
        this.budget = budget;
    }

    /** Tells what is in an element. */
    void send(Element root) {
        policy.openDocument();
        children(root);
        flush();
        policy.closeDocument();
    }

    private void children(Element parent) {
        boolean spaceIgnored = InvisibleNodes.ignoresSpace(parent);
        for (int i = 0; i < parent.childNodeSize(); i++) {
            Node node = parent.childNode(i);
            if (node instanceof Element element) {
                element(element);
            } else if (node instanceof TextNode plain && !InvisibleNodes.isInvisible(plain, spaceIgnored)) {
                add(plain.getWholeText());
            } else if (node instanceof DataNode data) {
                add(data.getWholeData());
            }
        }
    }

    private void element(Element element) {
        String name = element.normalName();
        boolean attributed = element.attributesSize() > 0;
        if (!AllowedElements.allows(name, attributed)) {
            children(element);
            return;
        }
        flush();
        budget.step();
        attributes.clear();
        if (attributed) {
            for (Attribute attribute : element.attributes()) {
                attributes.add(attribute.getKey());
                attributes.add(attribute.getValue());
            }
        }
        begun = true;
        check.expectTag(name, attributes);
        StyleGate.hideStyle(attributes);
        policy.openTag(name, attributes);
        if (!Nesting.isVoid(name)) {
            children(element);
            flush();
            policy.closeTag(name);
        }
    }

    /** Text that nothing stands between is one. */
    private void add(String more) {
        if (text.isEmpty()) {
            text = more;
        } else {
            words.append(words.isEmpty() ? text : "").append(more);
        }
    }

    private void flush() {
        if (!text.isEmpty()) {
            budget.step();
            String whole = words.isEmpty() ? text : words.toString();
            text = "";
            words.setLength(0);
            // In front of everything, space belongs to nothing.
            int start = begun ? 0 : Nesting.endOfSpace(whole);
            if (start < whole.length()) {
                begun = true;
                check.expectText(whole.substring(start));
                policy.text(whole.substring(start));
            }
        }
    }
}
