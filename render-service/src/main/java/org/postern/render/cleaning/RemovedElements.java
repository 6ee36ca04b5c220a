package org.postern.render.cleaning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.postern.render.RenderingBudget;

/** The elements of a document that are taken out of it with everything inside, once all of it was looked at. */
final class RemovedElements {
    private final RenderingBudget budget;
    private final Set<Element> elements = Collections.newSetFromMap(new IdentityHashMap<>());

    RemovedElements(RenderingBudget budget) {
        this.budget = budget;
    }

    void add(Element element) {
        elements.add(element);
    }

    /** Whether something is inside one of them. */
    boolean holdAncestorOf(Element element) {
        Element parent = element.parent();
        while (parent != null && !elements.contains(parent)) {
            parent = parent.parent();
        }
        return parent != null;
    }

    /**
     * Takes them out, of each parent at once: one by one would move all that follow, each time.
     *
     * @param unread an element that nobody looks into any more
     */
    void takeOut(Element unread) {
        Set<Element> parents = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Element element : elements) {
            Element parent = element.parent();
            if (parent != null && parent != unread && parents.add(parent)) {
                budget.check();
                List<Node> kept = new ArrayList<>(parent.childNodes());
                kept.removeIf(elements::contains);
                parent.empty();
                parent.appendChildren(kept);
            }
        }
    }
}
