package org.postern.spam.phishing.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeVisitor;

/** Reads a page in one walk over its tree. */
final class HtmlReader implements NodeVisitor {
    /** What of a page is looked at, in characters. */
    static final int LONGEST = 2 * 1024 * 1024;

    private static final int LONGEST_TEXT = 400_000;
    private static final int MOST_LINKS = 2_000;
    private static final int MOST_EMBEDDED = 8;
    private static final int LONGEST_SHOWN = 500;
    private static final int MOST_HIDDEN = 100_000;
    // Not Set.of: these are asked for each element, and it is slow to say no.
    private static final Set<String> UNSHOWN =
            new HashSet<>(List.of("script", "style", "head", "title", "template", "noscript"));
    private static final Set<String> BREAKING = new HashSet<>(List.of(
            "p", "div", "br", "tr", "td", "th", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol", "hr", "form"));
    private static final Set<String> POINTS = Set.of("0", "1", "2");
    private static final int MOST_STYLES = 200;
    private static final List<String> UNFOLDING =
            List.of("atob(", "unescape(", "fromcharcode", "document.write(", "eval(", "decodeuricomponent(escape");

    private final Link.Source source;
    private final StringBuilder text;
    private final List<Link> links = new ArrayList<>();
    private final List<Form> forms = new ArrayList<>();
    private final List<String> embedded = new ArrayList<>();
    private final Map<String, Boolean> hiding = new HashMap<>();
    private int hidden;
    private int images;
    private int linkedImages;
    private boolean scripted;
    private boolean unfolding;
    private boolean whole = true;
    /** Elements may stand in their like a hundred times over, and each is walked for itself. */
    private long walk = 4L * LONGEST;

    private int unseenDepth = -1;
    private int anchorDepth = -1;

    private HtmlReader(Link.Source source, int length) {
        this.source = source;
        // Where a page has much text, that is most of it: room for it at once is cheaper than growing.
        this.text = new StringBuilder(Math.min(length, LONGEST_TEXT));
    }

    /** The page of a text of HTML. */
    static HtmlPage read(String html, Link.Source source) {
        Document document = Jsoup.parse(html.length() > LONGEST ? html.substring(0, LONGEST) : html);
        HtmlReader reader = new HtmlReader(source, html.length());
        document.traverse(reader);
        return new HtmlPage(
                reader.text.toString(),
                reader.hidden,
                reader.links,
                reader.forms,
                reader.images,
                reader.linkedImages,
                reader.scripted,
                reader.unfolding,
                reader.embedded,
                reader.whole && html.length() <= LONGEST);
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode plain) {
            takeText(plain.getWholeText());
        } else if (node instanceof Element element) {
            enter(element, depth);
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element
                && BREAKING.contains(element.normalName())
                && text.length() < LONGEST_TEXT) {
            text.append('\n');
        }
        if (depth == unseenDepth) {
            unseenDepth = -1;
        }
        if (depth == anchorDepth) {
            anchorDepth = -1;
        }
    }

    private void enter(Element element, int depth) {
        String name = element.normalName();
        if (unseenDepth < 0 && (UNSHOWN.contains(name) || hides(element))) {
            unseenDepth = depth;
        }
        if (BREAKING.contains(name) && text.length() < LONGEST_TEXT) {
            text.append('\n');
        }
        switch (name) {
            case "a", "area" -> link(element, depth);
            case "img" -> image(element);
            case "form" -> forms.add(form(element));
            case "meta" -> reload(element);
            case "script" -> script(element);
            case "body" -> scripted |= element.hasAttr("onload");
            default -> {}
        }
    }

    /** Newsletters repeat a few styles a hundred times. */
    private boolean hides(Element element) {
        if (element.attributesSize() == 0) {
            return false;
        }
        if (element.hasAttr("hidden")) {
            return true;
        }
        String style = element.attr("style");
        Boolean known = hiding.get(style);
        if (known != null) {
            return known;
        }
        boolean hides = Visibility.hides(style);
        if (hiding.size() < MOST_STYLES) {
            hiding.put(style, hides);
        }
        return hides;
    }

    private void takeText(String content) {
        if (unseenDepth >= 0) {
            hidden += letters(content);
        } else if (text.length() + content.length() <= LONGEST_TEXT) {
            text.append(content);
        } else {
            text.append(content, 0, Math.max(0, LONGEST_TEXT - text.length()));
            whole &= content.isBlank();
        }
    }

    private static int letters(String content) {
        int letters = 0;
        for (int i = 0; i < Math.min(content.length(), MOST_HIDDEN); i++) {
            letters += Character.isLetter(content.charAt(i)) ? 1 : 0;
        }
        return letters;
    }

    private void link(Element element, int depth) {
        if (!element.hasAttr("href")) {
            return;
        }
        anchorDepth = depth;
        if (links.size() >= MOST_LINKS) {
            whole = false;
            return;
        }
        String shown = shownOf(element);
        WebAddress.of(element.attr("href"))
                .ifPresent(target -> links.add(new Link(
                        shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) : shown, target, source)));
    }

    private String shownOf(Element element) {
        return isWalkable(element) ? element.text() : "";
    }

    private boolean isWalkable(Element element) {
        element.filter((node, depth) -> {
            walk -= node instanceof TextNode plain ? 1 + plain.getWholeText().length() : 1;
            return walk > 0 ? NodeFilter.FilterResult.CONTINUE : NodeFilter.FilterResult.STOP;
        });
        whole &= walk > 0;
        return walk > 0;
    }

    private void image(Element element) {
        String src = element.attr("src");
        if (isSpacer(element)) {
            return;
        }
        images++;
        linkedImages += anchorDepth >= 0 ? 1 : 0;
        if (src.regionMatches(true, 0, "data:image/", 0, 11)) {
            if (embedded.size() < MOST_EMBEDDED) {
                embedded.add(src);
            } else {
                whole = false;
            }
        }
    }

    private static boolean isSpacer(Element element) {
        return POINTS.contains(element.attr("width")) || POINTS.contains(element.attr("height"));
    }

    private Form form(Element element) {
        int fields = 0;
        boolean password = false;
        List<Element> inputs = isWalkable(element) ? element.select("input, textarea") : List.of();
        for (Element input : inputs) {
            String type = input.attr("type").toLowerCase(Locale.ROOT);
            password |= type.equals("password");
            fields += Set.of("", "text", "email", "tel", "password", "number").contains(type) ? 1 : 0;
        }
        Optional<WebAddress> target = WebAddress.of(element.attr("action"));
        return new Form(target.orElse(null), password, fields);
    }

    private void reload(Element element) {
        if (!element.attr("http-equiv").equalsIgnoreCase("refresh")) {
            return;
        }
        String content = element.attr("content");
        int url = content.toLowerCase(Locale.ROOT).indexOf("url=");
        if (url >= 0) {
            String target = content.substring(url + 4).replace("'", "").replace("\"", "");
            if (links.size() < MOST_LINKS) {
                WebAddress.of(target).ifPresent(address -> links.add(new Link("", address, source)));
            } else {
                whole = false;
            }
            scripted = true;
        }
    }

    private void script(Element element) {
        scripted = true;
        String code = element.data().toLowerCase(Locale.ROOT);
        unfolding |= UNFOLDING.stream().anyMatch(code::contains);
    }
}
