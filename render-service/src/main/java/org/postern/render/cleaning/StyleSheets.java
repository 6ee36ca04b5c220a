package org.postern.render.cleaning;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;
import org.postern.render.RenderingBudget;
import org.postern.render.css.HidingRules;
import org.postern.render.css.KnownStyles;
import org.postern.render.css.StyleSheet;

/** The style elements of a document, each read once whoever asks for it. */
final class StyleSheets {
    private final RenderingBudget budget;
    private final Map<Element, StyleSheet> read = new IdentityHashMap<>();

    StyleSheets(RenderingBudget budget) {
        this.budget = budget;
    }

    /** What a style element says, as it was when it was asked about first; null where that is not CSS. */
    @Nullable StyleSheet of(Element style) {
        if (!isOfCss(style)) {
            return null;
        }
        return read.computeIfAbsent(
                style, its -> new StyleSheet(textOf(its), its.attr("media").strip(), budget::check));
    }

    /** What the style elements among these hide, but for those in what is taken out. */
    HidingRules hiding(List<Element> elements, KnownStyles known) {
        HidingRules rules = new HidingRules(budget::check, known);
        for (Element element : elements) {
            StyleSheet sheet = element.nameIs("style") && !isTakenOut(element) ? of(element) : null;
            if (sheet != null) {
                rules.add(sheet);
            }
        }
        return rules;
    }

    private static boolean isTakenOut(Element style) {
        Element parent = style.parent();
        while (parent != null && !ElementFate.isRemoved(parent)) {
            parent = parent.parent();
        }
        return parent != null;
    }

    private static boolean isOfCss(Element style) {
        String type = style.attr("type").strip();
        return type.isEmpty() || type.equalsIgnoreCase("text/css");
    }

    private static String textOf(Element style) {
        if (style.childNodeSize() == 1 && style.childNode(0) instanceof DataNode only) {
            return only.getWholeData();
        }
        StringBuilder css = new StringBuilder();
        for (Node node : style.childNodes()) {
            css.append(
                    node instanceof DataNode data
                            ? data.getWholeData()
                            : node instanceof TextNode text ? text.getWholeText() : "");
        }
        return css.toString();
    }
}
