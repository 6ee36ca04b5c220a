package org.postern.render.cleaning;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.postern.render.PageLayout;
import org.postern.render.RenderingBudget;
import org.postern.render.RenderingException;
import org.postern.render.css.StyleFilter;

/** HTML parsed as a browser does, with what fetches, runs or submits taken out, and images and links put right. */
public final class MailDocument {
    private static final int DEPTH = 256;
    private static final int LONGEST_TITLE = 200;

    /** Programs that fill in templates look for them, so the policy puts something between. */
    private static final Pattern TWO_BRACES = Pattern.compile("\\{(?=\\{)");

    /** Gone with everything inside, and the word for it in the report. */
    private static final Map<String, String> REMOVED = Map.ofEntries(
            Map.entry("script", "script"),
            Map.entry("svg", "svg"),
            Map.entry("math", "math"),
            Map.entry("object", "object"),
            Map.entry("embed", "object"),
            Map.entry("applet", "object"),
            Map.entry("iframe", "frame"),
            Map.entry("frame", "frame"),
            Map.entry("frameset", "frame"),
            Map.entry("noframes", "frame"),
            Map.entry("template", "template"),
            Map.entry("audio", "media"),
            Map.entry("video", "media"),
            Map.entry("canvas", "media"),
            Map.entry("bgsound", "media"),
            Map.entry("link", "link"),
            Map.entry("meta", "meta"),
            Map.entry("base", "base"),
            Map.entry("title", "title"),
            Map.entry("input", "form-field"),
            Map.entry("select", "form-field"),
            Map.entry("textarea", "form-field"),
            Map.entry("xmp", "raw-text"),
            Map.entry("plaintext", "raw-text"),
            Map.entry("noembed", "raw-text"),
            Map.entry("listing", "raw-text"),
            Map.entry("noscript", "noscript"),
            Map.entry("xml", "xml"));

    /** Forms lose their frame and keep what they show. */
    private static final Map<String, String> UNWRAPPED = Map.of(
            "form", "form", "button", "form-field", "fieldset", "form-field", "label", "form-field", "area", "map");

    private static final Set<String> STRUCTURE =
            Set.of("table", "tbody", "thead", "tfoot", "tr", "colgroup", "ul", "ol");
    private static final Set<String> COLOR_SCHEMES =
            Set.of("color-scheme", "color-schemes", "supported-color-scheme", "supported-color-schemes");
    private static final Set<String> QUIET = Set.of("meta", "title");

    /** Elements for each tag, about: a table and a cell may stand for four. */
    private static final int ELEMENTS_A_TAG = 3;

    private static final int FEW_ELEMENTS = 10_000;

    private final Document document;
    private final Element body;
    private final List<Element> elements = new ArrayList<>();
    private final Set<Element> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Report report;
    private final RenderingBudget budget;
    private final boolean first;
    private final References references;
    private final MailStyles styles;
    private final MailImages images;
    private final MailLinks links;
    private final boolean dark;

    private MailDocument(Document document, Report report, Work work) {
        this.document = document;
        this.body = document.body();
        this.report = report;
        this.budget = work.budget();
        this.first = work.first();
        String base = null;
        boolean forDark = false;
        DeepNesting.gather(body);
        Element scope = MailStyles.wrapped(document);
        int flattened = new DeepNesting(budget).flatten(scope == null ? body : scope.child(0));
        if (flattened > 0) {
            report.removed("deep-nesting");
        }
        for (Element element : document.stream().toList()) {
            elements.add(element);
            if (base == null && element.nameIs("base") && element.hasAttr("href")) {
                base = element.attr("href");
            } else if (element.nameIs("meta")) {
                forDark |= isForDark(element);
            }
        }
        this.dark = forDark;
        // What came out of here has none.
        DocumentAddresses addresses = new DocumentAddresses(first ? base : null);
        List<Element> styled = first ? elements : List.of();
        StyleSheets sheets = new StyleSheets(budget);
        HiddenImages hidden = new HiddenImages(budget, sheets.hiding(styled, work.known()));
        this.references = new References(report, budget, work.remote(), addresses, hidden);
        StyleAddresses styleAddresses = new StyleAddresses(report, work.remote(), addresses::resolve);
        StyleFilter filter = new StyleFilter(styleAddresses, budget::check, work.styles(), work.known(), first);
        this.styles = new MailStyles(document, sheets, filter, styleAddresses, hidden, report);
        this.images = new MailImages(addresses, work.images(), work.remote(), hidden, report);
        this.links = new MailLinks(addresses, work.redirectors(), work.writing(), report);
    }

    /** The mail in HTML, parsed and looked at. */
    public static MailDocument parse(String html, Report report, Work work) {
        Reader watched = new FilterReader(new StringReader(html.replace("\u0000", ""))) {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                work.budget().check();
                return super.read(buffer, offset, Math.min(length, 4096));
            }
        };
        Document document = read(watched);
        document.outputSettings()
                .prettyPrint(false)
                .charset(StandardCharsets.UTF_8)
                .escapeMode(Entities.EscapeMode.base);
        MailDocument mail = new MailDocument(document, report, work);
        if (mail.elements.size() > FEW_ELEMENTS
                && mail.elements.size()
                        > FEW_ELEMENTS
                                + ELEMENTS_A_TAG
                                        * html.chars().filter(c -> c == '<').count()) {
            // Formats that are never closed are opened anew in each block: a small mail, and a large tree.
            throw new RenderingException(
                    RenderingException.Reason.TOO_EXPENSIVE, "The mail has far more elements than tags.");
        }
        return mail;
    }

    private static Document read(Reader html) {
        try {
            return Parser.htmlParser().setMaxDepth(DEPTH).parseInput(html, "");
        } catch (IndexOutOfBoundsException e) {
            // jsoup loses count of its open formats where it leaves out what is too deep.
            throw new RenderingException(RenderingException.Reason.TOO_EXPENSIVE, "The parser gives the mail up.");
        }
    }

    /** Whether an element is taken out with everything inside. */
    static boolean isRemoved(Element element) {
        return REMOVED.containsKey(element.normalName()) || element.nameIs("style");
    }

    /** The body as it is now. */
    public Element body() {
        return body;
    }

    /** Which rules of layout a browser would take for the page. */
    public PageLayout layout() {
        return switch (document.quirksMode()) {
            case quirks -> PageLayout.QUIRKS;
            case limitedQuirks -> PageLayout.LIMITED_QUIRKS;
            case noQuirks -> PageLayout.STANDARDS;
        };
    }

    /** {@code ltr} or {@code rtl} where the page says it. */
    public @Nullable String direction() {
        String direction = attributeOfPage("dir").toLowerCase(Locale.ROOT);
        return direction.equals("ltr") || direction.equals("rtl") ? direction : null;
    }

    /** A language tag where the page says one. */
    public @Nullable String language() {
        String language = attributeOfPage("lang");
        return language.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}") ? language : null;
    }

    /** Whether the page says that it can be shown dark (CSS Color Adjustment Level 1). */
    public boolean isForDark() {
        return dark;
    }

    private static boolean isForDark(Element meta) {
        return COLOR_SCHEMES.contains(meta.attr("name").toLowerCase(Locale.ROOT))
                && meta.attr("content").toLowerCase(Locale.ROOT).contains("dark");
    }

    /** What the page calls itself, where it does. */
    public @Nullable String title() {
        String title = document.title().strip();
        return title.isEmpty() ? null : title.substring(0, Math.min(title.length(), LONGEST_TITLE));
    }

    private String attributeOfPage(String name) {
        String own = body.attr(name);
        Element root = document.firstElementChild();
        return own.isEmpty() && root != null ? root.attr(name) : own;
    }

    /** What came out of here, as it reads now: the style block in front, and the content of the body. */
    public String asItIs() {
        Element head = document.head();
        boolean block = head.childrenSize() == 1 && head.child(0).normalName().equals("style");
        return (block ? head.child(0).outerHtml() : "") + body.html();
    }

    /** Cleans the tree and returns what holds its content, ready for the gate. */
    public Element clean() {
        if (first) {
            for (Element element : elements) {
                budget.check();
                references.find(element);
            }
        }
        for (Element element : elements) {
            budget.check();
            change(element);
        }
        takeOut();
        budget.check();
        return styles.wrap(document);
    }

    /** Takes out what is gone, of each parent at once: one by one would move all that follow, each time. */
    private void takeOut() {
        Set<Element> parents = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Element element : gone) {
            Element parent = element.parent();
            if (parent != null && parents.add(parent)) {
                budget.check();
                List<Node> kept = new ArrayList<>(parent.childNodes());
                kept.removeIf(gone::contains);
                parent.empty();
                parent.appendChildren(kept);
            }
        }
    }

    /** Whether it is inside something that is gone. */
    private boolean isInsideGone(Element element) {
        Element parent = element.parent();
        while (parent != null && !gone.contains(parent)) {
            parent = parent.parent();
        }
        return parent != null;
    }

    private void change(Element element) {
        String name = element.normalName();
        String word = REMOVED.get(name);
        if (word != null) {
            if (!QUIET.contains(name) || element.hasAttr("http-equiv")) {
                report.removed(word);
            }
            gone.add(element);
            return;
        }
        if (name.equals("style")) {
            if (isInsideGone(element)) {
                report.removed("style-block");
            } else {
                styles.block(element);
            }
            gone.add(element);
            return;
        }
        if (element.attributesSize() > 0) {
            images.background(element);
            styles.attributes(element);
        }
        withoutNothing(element, name);
        if (UNWRAPPED.containsKey(name)) {
            // What it holds stays: the policy lets that through without it. Taking it out would move all that follow,
            // each time.
            report.removed(UNWRAPPED.getOrDefault(name, name));
            return;
        }
        if (name.equals("img") || name.equals("image")) {
            if (!images.change(element)) {
                gone.add(element);
            }
        } else if (name.equals("a")) {
            links.change(element);
        }
        if (element.attributesSize() > 0 && element != body && !name.equals("html")) {
            attributes(element, name);
        }
    }

    /** Comments, and the space between the rows, cells and items, show nothing. */
    private static void withoutNothing(Element element, String name) {
        boolean structure = STRUCTURE.contains(name);
        int size = element.childNodeSize();
        int i = 0;
        while (i < size && !isNothing(element.childNode(i), structure)) {
            i++;
        }
        if (i < size) {
            List<Node> kept = new ArrayList<>(element.childNodes());
            kept.removeIf(node -> isNothing(node, structure));
            // At once: taking them out one by one would move all that follow, each time.
            element.empty();
            element.appendChildren(kept);
        }
    }

    private static boolean isNothing(Node node, boolean structure) {
        return node instanceof Comment || (structure && node instanceof TextNode text && text.isBlank());
    }

    /** What the policy would change is not shown to it: what it leaves as it is need not be read twice. */
    private static void attributes(Element element, String name) {
        Iterator<Attribute> attributes = element.attributes().iterator();
        boolean link = name.equals("a");
        while (attributes.hasNext()) {
            Attribute attribute = attributes.next();
            String key = attribute.getKey();
            if (key.equals("style") || (link && (key.equals("target") || key.equals("rel")))) {
                continue;
            }
            String value = attribute.getValue();
            String written = AllowedAttributes.value(name, key, value);
            if (written == null) {
                attributes.remove();
            } else if (written.indexOf('`') >= 0 || written.contains("{{")) {
                attribute.setValue(
                        TWO_BRACES.matcher(written.replace('`', '\'')).replaceAll("{\u200b"));
            } else if (!written.equals(value)) {
                attribute.setValue(written);
            }
        }
    }
}
