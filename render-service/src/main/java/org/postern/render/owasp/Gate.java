package org.postern.render.owasp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.owasp.html.CssSchema;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.HtmlSanitizer;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.HtmlStreamEventReceiverWrapper;
import org.owasp.html.HtmlStreamRenderer;
import org.owasp.html.PolicyFactory;
import org.postern.render.RenderingBudget;

/** The allow-list that everything passes last. */
final class Gate {
    private static final Pattern LINK = Pattern.compile("(?:https?://|mailto:)[^\\s\\\\].*", Pattern.DOTALL);
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

    // Without url() in any of them: no policy for addresses in styles is given. "position" and its kin stay out.
    private static final CssSchema STYLES = CssSchema.union(
            CssSchema.DEFAULT,
            CssSchema.withProperties(List.of(
                    "display",
                    "float",
                    "clear",
                    "overflow",
                    "overflow-x",
                    "overflow-y",
                    "visibility",
                    "opacity",
                    "overflow-wrap",
                    "word-break")));

    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(ELEMENTS)
            .allowElements(Gate::link, "a")
            .allowWithoutAttributes("span", "font")
            .allowUrlProtocols("http", "https", "mailto", "data")
            .allowAttributes("href")
            .matching(LINK)
            .onElements("a")
            .allowAttributes("src")
            .matching(DataImage.SAFE)
            .onElements("img")
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
            .allowStyling(STYLES)
            .toFactory();

    private Gate() {}

    static String pass(String html, RenderingBudget budget) {
        StringBuilder out = new StringBuilder(html.length());
        HtmlStreamEventReceiver renderer = HtmlStreamRenderer.create(out, problem -> {});
        HtmlSanitizer.sanitize(html, POLICY.apply(renderer), sink -> new Watched(sink, budget));
        return out.toString();
    }

    private static String link(String element, List<String> attributes) {
        List<String> kept = new ArrayList<>();
        boolean leads = false;
        for (int i = 0; i + 1 < attributes.size(); i += 2) {
            String name = attributes.get(i);
            if (!name.equals("rel") && !name.equals("target")) {
                kept.add(name);
                kept.add(attributes.get(i + 1));
                leads |= name.equals("href");
            }
        }
        if (leads) {
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
            super.openTag(element, attributes);
        }

        @Override
        public void text(String text) {
            budget.check();
            super.text(text);
        }
    }
}
