package org.postern.render.owasp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.HtmlSanitizer;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.HtmlStreamEventReceiverWrapper;
import org.owasp.html.HtmlStreamRenderer;
import org.owasp.html.PolicyFactory;
import org.postern.render.RenderingBudget;
import org.postern.render.css.StyleFilter;
import org.postern.render.remote.RemoteImages;

/** The allow-list that everything passes last. */
final class Gate {
    private static final Pattern LINK =
            Pattern.compile("(?:https?://|mailto:)[^\\s\\\\].*|#pm-[A-Za-z0-9_-]{1,100}", Pattern.DOTALL);
    private static final Pattern OWN_NAME = Pattern.compile("pm-[A-Za-z0-9_-]{1,100}");
    private static final Pattern OWN_CLASSES =
            Pattern.compile("(?:postern-mail|postern-body|pm-[A-Za-z0-9_-]{1,100})(?: pm-[A-Za-z0-9_-]{1,100}){0,200}");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,5}(?:\\.[0-9]{1,3})?(?:px|%)?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9#-]{1,40}");
    private static final Pattern FONT = Pattern.compile("[\\p{L}\\p{N} ,'+_.-]{1,200}");

    private static final String[] ELEMENTS = {
        "a",
        "abbr",
        "acronym",
        "address",
        "article",
        "aside",
        "b",
        "bdi",
        "bdo",
        "big",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "dir",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "font",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "main",
        "mark",
        "nav",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "wbr"
    };

    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(ELEMENTS)
            .allowElements(Gate::link, "a")
            .allowWithoutAttributes("span", "font")
            .allowUrlProtocols("http", "https", "mailto", "data")
            .allowAttributes("href")
            .matching(LINK)
            .onElements("a")
            // Which addresses are ours, the receiver behind the policy knows.
            .allowAttributes("src")
            .onElements("img")
            .allowAttributes("background")
            .onElements("table", "td", "th", "tr")
            .allowAttributes("class")
            .matching(OWN_CLASSES)
            .globally()
            .allowAttributes("id")
            .matching(OWN_NAME)
            .globally()
            .allowAttributes("role", "scope")
            .matching(Pattern.compile("[a-z]{1,30}"))
            .globally()
            .allowAttributes("aria-hidden")
            .matching(true, "true", "false")
            .globally()
            .allowAttributes("aria-label")
            .globally()
            .allowAttributes("alt")
            .onElements("img")
            .allowAttributes("title")
            .globally()
            .allowAttributes("dir")
            .matching(true, "ltr", "rtl", "auto")
            .globally()
            .allowAttributes("lang", "align", "valign", "bgcolor", "color", "type", "clear")
            .matching(WORD)
            .globally()
            .allowAttributes("width", "height", "border", "cellpadding", "cellspacing", "size", "hspace", "vspace")
            .matching(LENGTH)
            .globally()
            .allowAttributes("colspan", "rowspan", "span", "start", "value")
            .matching(Pattern.compile("[0-9]{1,4}"))
            .onElements("td", "th", "col", "colgroup", "ol", "li")
            .allowAttributes("face")
            .matching(FONT)
            .onElements("font")
            .allowAttributes(StyleGate.STYLE)
            .globally()
            .allowTextIn("style")
            .toFactory();

    private final RemoteImages images;
    private final RenderingBudget budget;
    private final StyleFilter styles;

    Gate(Work work) {
        this.images = work.remote();
        this.budget = work.budget();
        this.styles = new StyleFilter(
                new StyleAddresses(new Report(work.trackers()), images, address -> address), budget::check);
    }

    String pass(String html) {
        StringBuilder out = new StringBuilder(html.length());
        HtmlStreamEventReceiver renderer = new StyleGate(HtmlStreamRenderer.create(out, problem -> {}), styles, images);
        HtmlSanitizer.sanitize(html, POLICY.apply(renderer), sink -> new Watched(sink, budget));
        return out.toString();
    }

    private static String link(String element, List<String> attributes) {
        List<String> kept = new ArrayList<>();
        boolean leads = false;
        boolean inside = false;
        for (int i = 0; i + 1 < attributes.size(); i += 2) {
            String name = attributes.get(i);
            if (!name.equals("rel") && !name.equals("target")) {
                kept.add(name);
                kept.add(attributes.get(i + 1));
                leads |= name.equals("href");
                inside |= name.equals("href") && attributes.get(i + 1).startsWith("#");
            }
        }
        if (leads && !inside) {
            kept.addAll(List.of("target", "_blank", "rel", "noopener noreferrer nofollow"));
        }
        attributes.clear();
        attributes.addAll(kept);
        return element;
    }

    /** Looks at the clock at every event. */
    private static final class Watched extends HtmlStreamEventReceiverWrapper {
        private final RenderingBudget budget;

        Watched(HtmlStreamEventReceiver sink, RenderingBudget budget) {
            super(sink);
            this.budget = budget;
        }

        @Override
        public void openTag(String element, List<String> attributes) {
            budget.check();
            for (int i = 0; i + 1 < attributes.size(); i += 2) {
                if (attributes.get(i).equals("style")) {
                    // The policy would judge it with a parser of its own, which drops what it does not know.
                    attributes.set(i, StyleGate.STYLE);
                }
            }
            super.openTag(element, attributes);
        }

        @Override
        public void text(String text) {
            budget.check();
            super.text(text);
        }
    }
}
