package org.postern.render.cleaning;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attributes;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.OwnNames;
import org.postern.render.css.StyleFilter;
import org.postern.render.css.StyleSheet;

/**
 * The styles of a mail: its style blocks become one in front of it, which reaches into the mail alone. The mail is then
 * inside an element that holds it together, and an element that stands for its body.
 */
final class MailStyles {
    /** Characters of a style attribute; a longer one is no style. */
    static final int LONGEST_ATTRIBUTE = 16 * 1024;

    /** Stands for the body: an element that rules of mails hardly ever mean, and that looks like nothing by itself. */
    private static final String INNER = "main";

    private static final List<String> LISTS_OF_NAMES = List.of("aria-labelledby", "aria-describedby");
    private static final String AROUND = "overflow:auto";
    private static final Pattern COLOR = Pattern.compile("#?[A-Za-z0-9]{1,30}");
    private static final Pattern PIXELS = Pattern.compile("[0-9]{1,3}");

    private final StyleSheets sheets;
    private final StyleFilter filter;
    private final StyleAddresses addresses;
    private final HiddenImages hidden;
    private final Report report;
    private final List<String> blocks = new ArrayList<>();
    private final @Nullable Element wrapped;

    /** @param wrapped the element that holds a mail which came out of here before */
    MailStyles(
            @Nullable Element wrapped,
            StyleSheets sheets,
            StyleFilter filter,
            StyleAddresses addresses,
            HiddenImages hidden,
            Report report) {
        this.sheets = sheets;
        this.filter = filter;
        this.addresses = addresses;
        this.hidden = hidden;
        this.report = report;
        this.wrapped = wrapped;
    }

    /** The element that holds a mail which came out of here before. */
    static @Nullable Element wrapped(Element body) {
        Element scope = null;
        for (int i = 0; i < body.childNodeSize(); i++) {
            Node node = body.childNode(i);
            if (node instanceof Element element && scope == null) {
                scope = element;
            } else if (!(node instanceof TextNode text && text.isBlank())) {
                return null;
            }
        }
        boolean ours = scope != null
                && is(scope, "div", OwnNames.SCOPE)
                && scope.childNodeSize() == 1
                && scope.childNode(0) instanceof Element inner
                && is(inner, INNER, OwnNames.BODY);
        return ours ? scope : null;
    }

    private static boolean is(Element element, String tag, String name) {
        String names = element.className();
        return element.normalName().equals(tag) && (names.equals(name) || names.startsWith(name + " "));
    }

    /** Takes in a style element. */
    void block(Element style) {
        StyleSheet sheet = sheets.of(style);
        if (sheet == null) {
            report.removed("style-block");
        } else {
            blocks.add(filter.block(sheet));
        }
    }

    /** Puts the style, the classes and the names of an element right. */
    void attributes(Element element) {
        // By their own names, which the parser wrote small: what looks for them in any case looks for the document too.
        Attributes its = element.attributes();
        if (its.hasKey("style")) {
            String style = its.get("style");
            String safe = "";
            if (style.length() < LONGEST_ATTRIBUTE) {
                safe = fetchesUnseen(element, style) ? unseen(style) : filter.attribute(style);
            } else {
                report.removed("style-attribute");
            }
            set(its, "style", safe);
        }
        if (its.hasKey("class")) {
            set(its, "class", classes(element, its.get("class")));
        }
        boolean named = its.hasKey("id");
        if (named || (element.nameIs("a") && its.hasKey("name"))) {
            String own = OwnNames.of(its.get(named ? "id" : "name").strip());
            set(its, "id", own == null ? "" : own);
        }
        for (String name : LISTS_OF_NAMES) {
            if (its.hasKey(name)) {
                set(its, name, OwnNames.all(its.get(name)));
            }
        }
        if (its.hasKey("hidden")) {
            // Whatever its value, it hides.
            its.put("hidden", "hidden");
        }
    }

    /** Whether an address in a style could only be there to be fetched. */
    private boolean fetchesUnseen(Element element, String style) {
        return style.indexOf('(') >= 0 && hidden.isHidden(element);
    }

    private String unseen(String style) {
        addresses.setUnseen(true);
        String safe = filter.unseenAttribute(style);
        addresses.setUnseen(false);
        return safe;
    }

    private String classes(Element element, String names) {
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

    private static void set(Attributes attributes, String name, String value) {
        if (value.isEmpty()) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    /** The content of the body: the style block where there is one, and the mail in its elements. */
    Element wrap(Document document) {
        Element body = document.body();
        if (wrapped == null) {
            // Judged in their order: behind the blocks of the mail, the body may be painted already.
            blocks.addFirst(filter.block(hints(document, body)));
            blocks.addLast(filter.block(painted(body)));
        }
        String style = filter.join(blocks);
        boolean plain = style.isEmpty() && wrapped == null && !body.hasAttr("style");
        if (plain && body.attr("dir").isEmpty() && body.attr("lang").isEmpty()) {
            return body;
        }
        Element scope = wrapped == null ? scope(body) : wrapped;
        scope.attr("style", AROUND);
        if (!style.isEmpty()) {
            Element element = new Element("style");
            element.appendChild(new DataNode(style));
            body.prependChild(element);
        }
        return body;
    }

    private static Element scope(Element body) {
        Element inner = new Element(INNER).attr("class", (OwnNames.BODY + " " + body.className()).strip());
        for (String name : List.of("id", "dir", "lang", "style")) {
            String value = body.attr(name);
            String written = name.equals("style") ? value : AllowedAttributes.value(INNER, name, value);
            if (written != null && !written.isEmpty()) {
                inner.attr(name, written);
            }
        }
        inner.appendChildren(new ArrayList<>(body.childNodes()));
        Element scope = new Element("div").attr("class", OwnNames.SCOPE);
        scope.appendChild(inner);
        body.appendChild(scope);
        return scope;
    }

    /** What the attributes of the body say of its looks: less than any style (HTML Standard section 15.3.3). */
    private static String hints(Document document, Element body) {
        String back = declaration("background-color", body.attr("bgcolor"), COLOR);
        if (body.hasAttr("background")) {
            // It is one of ours by now.
            back += "background-image:url('" + body.attr("background") + "');";
        }
        String color = declaration("color", body.attr("text"), COLOR);
        String own = color
                + margins(body, "left", "right", "marginwidth", "leftmargin")
                + margins(body, "top", "bottom", "marginheight", "topmargin");
        boolean quirks = document.quirksMode() == Document.QuirksMode.quirks;
        return rule("", back)
                + rule(" ." + OwnNames.BODY, own)
                // Where browsers take old rules, tables have the colour of the body and not that around them.
                + (quirks ? rule(" table", color) : "")
                + rule(" a:link", declaration("color", body.attr("link"), COLOR));
    }

    /** As browsers take them: the old attributes of one side are good for both. */
    private static String margins(Element body, String one, String other, String name, String older) {
        String value = body.hasAttr(name) ? body.attr(name) : body.attr(older);
        return declaration("margin-" + one, value, PIXELS) + declaration("margin-" + other, value, PIXELS);
    }

    /** The background of a body is that of the whole page. */
    private String painted(Element body) {
        return body.hasAttr("style") ? rule("", filter.backgrounds(body.attr("style"))) : "";
    }

    private static String declaration(String property, String value, Pattern allowed) {
        return value.isEmpty() || !allowed.matcher(value).matches()
                ? ""
                : property + ":" + value + (allowed == PIXELS && !value.equals("0") ? "px;" : ";");
    }

    private static String rule(String inside, String declarations) {
        String bare = declarations.endsWith(";") ? declarations.substring(0, declarations.length() - 1) : declarations;
        return bare.isEmpty() ? "" : "." + OwnNames.SCOPE + inside + "{" + bare + "}";
    }
}
