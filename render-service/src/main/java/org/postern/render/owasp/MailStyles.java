package org.postern.render.owasp;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.OwnNames;
import org.postern.render.css.StyleFilter;

/**
 * The styles of a mail: its style blocks become one in front of it, which reaches into the mail alone. The mail is then
 * inside an element that holds it together, and an element that stands for its body.
 */
final class MailStyles {
    /** Characters of a style attribute; a longer one is no style. */
    static final int LONGEST_ATTRIBUTE = 16 * 1024;

    private static final String AROUND = "overflow:auto";

    private final StyleFilter filter;
    private final Report report;
    private final StringBuilder block = new StringBuilder();
    private final @Nullable Element wrapped;

    MailStyles(Document document, StyleFilter filter, Report report) {
        this.filter = filter;
        this.report = report;
        this.wrapped = wrapped(document);
    }

    /** The element that holds a mail which came out of here before. */
    private static @Nullable Element wrapped(Document document) {
        Element body = document.body();
        if (document.selectFirst("head > style") == null || body.childrenSize() != 1) {
            return null;
        }
        for (Node node : body.childNodes()) {
            if (!(node instanceof Element) && !(node instanceof TextNode text && text.isBlank())) {
                return null;
            }
        }
        Element scope = body.child(0);
        boolean ours = isDiv(scope, OwnNames.SCOPE)
                && scope.childNodeSize() == 1
                && scope.childrenSize() == 1
                && isDiv(scope.child(0), OwnNames.BODY);
        return ours ? scope : null;
    }

    private static boolean isDiv(Element element, String name) {
        String names = element.className();
        return element.normalName().equals("div") && (names.equals(name) || names.startsWith(name + " "));
    }

    /** Takes in a style element. */
    void block(Element style) {
        String type = style.attr("type").strip();
        if (style.ownerDocument() == null || !(type.isEmpty() || type.equalsIgnoreCase("text/css"))) {
            report.removed("style-block");
            return;
        }
        StringBuilder css = new StringBuilder();
        for (Node node : style.childNodes()) {
            css.append(
                    node instanceof DataNode data
                            ? data.getWholeData()
                            : node instanceof TextNode text ? text.getWholeText() : "");
        }
        block.append(filter.block(css.toString(), style.attr("media").strip()));
    }

    /** Puts the style, the classes and the names of an element right. */
    void attributes(Element element) {
        if (element.hasAttr("style")) {
            String style = element.attr("style");
            String safe = "";
            if (style.length() < LONGEST_ATTRIBUTE) {
                safe = filter.attribute(style);
            } else {
                report.removed("style-attribute");
            }
            set(element, "style", safe);
        }
        if (element.hasAttr("class")) {
            set(element, "class", classes(element));
        }
        boolean anchor = element.normalName().equals("a") && element.hasAttr("name") && !element.hasAttr("id");
        if (anchor || element.hasAttr("id")) {
            String own = OwnNames.of(element.attr(anchor ? "name" : "id").strip());
            set(element, "id", own == null ? "" : own);
        }
    }

    private String classes(Element element) {
        String names = element.attr("class");
        if (wrapped == null) {
            return OwnNames.all(names);
        }
        if (element == wrapped) {
            return OwnNames.SCOPE;
        }
        return element.parent() == wrapped
                ? (OwnNames.BODY + " " + OwnNames.all(names.substring(OwnNames.BODY.length()))).strip()
                : OwnNames.all(names);
    }

    private static void set(Element element, String name, String value) {
        if (value.isEmpty()) {
            element.removeAttr(name);
        } else {
            element.attr(name, value);
        }
    }

    /** The content of the body: the style block where there is one, and the mail in its elements. */
    Element wrap(Document document) {
        Element body = document.body();
        if (block.isEmpty()) {
            return bodyAsDiv(body, false);
        }
        Element scope = wrapped;
        if (scope == null) {
            Element whole = bodyAsDiv(body, true);
            scope = new Element("div").attr("class", OwnNames.SCOPE);
            scope.appendChildren(new ArrayList<>(whole.childNodes()));
            whole.appendChild(scope);
        }
        scope.attr("style", AROUND);
        Element style = new Element("style");
        style.appendChild(new DataNode(block.toString()));
        body.prependChild(style);
        return body;
    }

    /** The colours and styles of the body would be lost with it. */
    private static Element bodyAsDiv(Element body, boolean always) {
        StringBuilder style = new StringBuilder();
        append(style, "background-color", body.attr("bgcolor"));
        append(style, "color", body.attr("text"));
        if (body.hasAttr("background")) {
            // It is one of ours by now. Browsers know the attribute of a body, and not that of a div.
            style.append("background-image:url('")
                    .append(body.attr("background"))
                    .append("');");
        }
        style.append(body.attr("style"));
        if (!always
                && style.isEmpty()
                && body.attr("dir").isEmpty()
                && body.attr("lang").isEmpty()) {
            return body;
        }
        Element div = new Element("div");
        if (always) {
            div.attr("class", (OwnNames.BODY + " " + body.className()).strip());
        }
        for (String name : List.of("id", "dir", "lang")) {
            if (!body.attr(name).isEmpty()) {
                div.attr(name, body.attr(name));
            }
        }
        if (!style.isEmpty()) {
            div.attr("style", style.toString());
        }
        div.appendChildren(new ArrayList<>(body.childNodes()));
        body.appendChild(div);
        return body;
    }

    private static void append(StringBuilder style, String property, String value) {
        if (value.matches("#?[A-Za-z0-9]{1,30}")) {
            style.append(property).append(':').append(value).append(';');
        }
    }
}
