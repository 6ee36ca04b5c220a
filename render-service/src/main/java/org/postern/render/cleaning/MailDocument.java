package org.postern.render.cleaning;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.postern.render.RenderingBudget;
import org.postern.render.RenderingException;
import org.postern.render.css.StyleFilter;

/** HTML parsed as a browser does, with what fetches, runs or submits taken out, and images and links put right. */
public final class MailDocument {
    private final Document document;
    private final Element body;
    private final List<Element> elements = new ArrayList<>();
    private final Page page;
    private final RemovedElements removed;
    private final Report report;
    private final RenderingBudget budget;
    private final boolean first;
    private final References references;
    private final MailStyles styles;
    private final MailImages images;
    private final MailLinks links;

    private MailDocument(Document document, Report report, CleaningContext context) {
        this.document = document;
        this.body = document.body();
        this.report = report;
        this.budget = context.budget();
        this.first = context.first();
        this.removed = new RemovedElements(budget);
        DeepNesting.gather(body);
        Element scope = MailStyles.wrapped(body);
        int flattened = new DeepNesting(budget).flatten(scope == null ? body : scope.child(0));
        if (flattened > 0) {
            report.removed("deep-nesting");
        }
        list(document);
        this.page = Page.of(document, body, elements);
        // What came out of here has none.
        DocumentAddresses addresses = new DocumentAddresses(first ? base() : null);
        List<Element> styled = first ? elements : List.of();
        StyleSheets sheets = new StyleSheets(budget);
        HiddenImages hidden = new HiddenImages(sheets.hiding(styled, context.known()));
        this.references = new References(report, budget, context.remote(), addresses, hidden);
        StyleAddresses styleAddresses = new StyleAddresses(report, context.remote(), addresses::resolve);
        StyleFilter filter = new StyleFilter(styleAddresses, budget::check, context.styles(), context.known(), first);
        this.styles = new MailStyles(scope, sheets, filter, styleAddresses, hidden, report);
        this.images = new MailImages(addresses, context.images(), context.remote(), hidden, report);
        this.links = new MailLinks(addresses, context.redirectors(), context.writing(), report);
    }

    /**
     * The mail in HTML, parsed and looked at.
     *
     * @throws RenderingException where that is too expensive
     */
    public static MailDocument parse(String html, Report report, CleaningContext context) {
        MailDocument mail = new MailDocument(HtmlReader.read(html, context.budget()), report, context);
        HtmlReader.refuseGrowth(html, mail.elements.size());
        return mail;
    }

    /** Lists an element and those in it, as they stand in the document; the parser leaves out what is too deep for this. */
    private void list(Element element) {
        elements.add(element);
        for (int i = 0; i < element.childNodeSize(); i++) {
            if (element.childNode(i) instanceof Element child) {
                list(child);
            }
        }
    }

    /** What the document says that its addresses begin with, where it does. */
    private @Nullable String base() {
        for (Element element : elements) {
            if (element.nameIs("base") && element.hasAttr("href")) {
                return element.attr("href");
            }
        }
        return null;
    }

    /** The body as it is now. */
    public Element body() {
        return body;
    }

    /** What the page says of itself. */
    public Page page() {
        return page;
    }

    /** What came out of here, as it reads now: the style block in front, and the content of the body. */
    public String asItIs() {
        Element head = document.head();
        boolean block = head.childrenSize() == 1 && head.child(0).normalName().equals("style");
        return (block ? head.child(0).outerHtml() : "") + body.html();
    }

    /** Cleans the tree and returns what holds its content, ready for the gate. Its {@link InvisibleNodes} are still there. */
    public Element clean() {
        if (first) {
            for (Element element : elements) {
                budget.step();
                references.find(element);
            }
        }
        for (Element element : elements) {
            budget.step();
            change(element);
        }
        removed.takeOut(document.head());
        budget.check();
        return styles.wrap(document);
    }

    /** What was cleaned, as text, without what shows nothing. */
    public String cleaned() {
        for (Element element : body.stream().toList()) {
            budget.step();
            InvisibleNodes.removeFrom(element);
        }
        return body.html();
    }

    private void change(Element element) {
        ElementFate fate = ElementFate.of(element);
        switch (fate.kind()) {
            case GONE -> {
                boolean quiet = element.nameIs("meta") || element.nameIs("title");
                if (!quiet || element.hasAttr("http-equiv")) {
                    report.removed(fate.word());
                }
                removed.add(element);
            }
            case STYLE -> {
                if (removed.holdAncestorOf(element)) {
                    report.removed(fate.word());
                } else {
                    styles.block(element);
                }
                removed.add(element);
            }
            case UNWRAPPED -> {
                looks(element);
                // What it holds stays: the policy lets that through without it. Taking it out would move all that
                // follow, each time.
                report.removed(fate.word());
            }
            case STAYS, FRAMES -> {
                looks(element);
                stays(element);
            }
        }
    }

    private void looks(Element element) {
        if (element.attributesSize() > 0) {
            images.background(element);
            styles.attributes(element);
        }
    }

    private void stays(Element element) {
        String name = element.normalName();
        if (name.equals("img") || name.equals("image")) {
            if (!images.change(element)) {
                removed.add(element);
            }
        } else if (name.equals("a")) {
            links.change(element);
        }
        if (element.attributesSize() > 0 && element != body && !name.equals("html")) {
            AllowedAttributes.keep(element, name);
        }
    }
}
