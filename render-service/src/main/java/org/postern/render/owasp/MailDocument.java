package org.postern.render.owasp;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.postern.mime.InlineImage;
import org.postern.render.PageLayout;
import org.postern.render.RenderingBudget;
import org.postern.render.css.OwnNames;
import org.postern.render.css.StyleFilter;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.RemoteUrl;

/** HTML parsed as a browser does, with what fetches, runs or submits taken out, and images and links put right. */
final class MailDocument {
    private static final int DEPTH = 256;
    private static final int LINK_TEXT = 200;
    private static final Pattern HOST_IN_TEXT =
            Pattern.compile("^(?:https?://)?((?:[a-z0-9-]{1,63}\\.){1,5}[a-z]{2,24})(?:[/?#:].{0,500})?$");

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

    private static final Set<String> QUIET = Set.of("meta", "title");

    private final Document document;
    private final Report report;
    private final RenderingBudget budget;
    private final List<InlineImage> images;
    private final RemoteImages remote;
    private final MailStyles styles;
    private final @Nullable String base;

    private MailDocument(Document document, Report report, Work work) {
        this.document = document;
        this.report = report;
        this.budget = work.budget();
        this.images = work.images();
        this.remote = work.remote();
        Element first = document.selectFirst("base[href]");
        RemoteUrl url = first == null ? null : RemoteUrl.of(first.attr("href"));
        this.base = url == null ? null : url.normal();
        StyleFilter filter = new StyleFilter(new StyleAddresses(report, remote, this::resolved), budget::check);
        this.styles = new MailStyles(document, filter, report);
    }

    static MailDocument parse(String html, Report report, Work work) {
        Reader watched = new FilterReader(new StringReader(html.replace("\u0000", ""))) {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                work.budget().check();
                return super.read(buffer, offset, Math.min(length, 4096));
            }
        };
        Document document = Parser.htmlParser().setMaxDepth(DEPTH).parseInput(watched, "");
        document.outputSettings()
                .prettyPrint(false)
                .charset(StandardCharsets.UTF_8)
                .escapeMode(Entities.EscapeMode.base);
        return new MailDocument(document, report, work);
    }

    Document tree() {
        return document;
    }

    /** Which rules of layout a browser would take for the page. */
    PageLayout layout() {
        return switch (document.quirksMode()) {
            case quirks -> PageLayout.QUIRKS;
            case limitedQuirks -> PageLayout.LIMITED_QUIRKS;
            case noQuirks -> PageLayout.STANDARDS;
        };
    }

    @Nullable String direction() {
        String direction = attributeOfPage("dir").toLowerCase(Locale.ROOT);
        return direction.equals("ltr") || direction.equals("rtl") ? direction : null;
    }

    @Nullable String language() {
        String language = attributeOfPage("lang");
        return language.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}") ? language : null;
    }

    /** What the page calls itself, where it does. */
    @Nullable String title() {
        String title = document.title().strip();
        return title.isEmpty() ? null : title.substring(0, Math.min(title.length(), LINK_TEXT));
    }

    private String attributeOfPage(String name) {
        String own = document.body().attr(name);
        Element root = document.firstElementChild();
        return own.isEmpty() && root != null ? root.attr(name) : own;
    }

    /** The content of the body, ready for the gate. */
    String cleaned() {
        List<Element> all = new ArrayList<>(document.getAllElements());
        References references = new References(report, budget, remote, this::resolved);
        for (Element element : all) {
            budget.check();
            references.find(element);
        }
        for (Element element : all) {
            budget.check();
            change(element);
        }
        budget.check();
        return styles.wrap(document).html();
    }

    private void change(Element element) {
        String name = element.normalName();
        String word = REMOVED.get(name);
        if (word != null) {
            if (!QUIET.contains(name) || element.hasAttr("http-equiv")) {
                report.removed(word);
            }
            element.remove();
            return;
        }
        if (name.equals("style")) {
            styles.block(element);
            element.remove();
            return;
        }
        styles.attributes(element);
        withoutBackquotes(element);
        background(element);
        if (UNWRAPPED.containsKey(name)) {
            report.removed(UNWRAPPED.getOrDefault(name, name));
            element.unwrap();
        } else if (name.equals("img") || name.equals("image")) {
            image(element);
        } else if (name.equals("a")) {
            link(element);
        }
    }

    /** Old browsers took them for quotes, so the gate adds a space to them: again at each pass. */
    private static void withoutBackquotes(Element element) {
        for (Attribute attribute : element.attributes()) {
            if (attribute.getValue().indexOf('`') >= 0) {
                boolean address = attribute.getKey().equals("href");
                attribute.setValue(attribute.getValue().replace("`", address ? "%60" : "'"));
            }
        }
    }

    private void image(Element image) {
        String source = RemoteUrl.clean(image.attr("src"));
        if (remote.isOwn(source)) {
            image.attr("src", source);
            return;
        }
        String scheme = RemoteUrl.schemeOf(source);
        RemoteUrl url = RemoteUrl.of(resolved(source));
        if (url != null) {
            boolean hidden = References.isHidden(image);
            String own = hidden || report.vendorOf(url) != null ? null : remote.addressOf(url);
            if (own != null) {
                image.attr("src", own);
            } else if (hidden) {
                image.remove();
            } else {
                image.removeAttr("src");
            }
            return;
        }
        String data = "cid".equals(scheme)
                ? inline(source.substring(4))
                : "data".equals(scheme) ? DataImage.rewritten(source) : null;
        if (data == null) {
            if (!source.isEmpty()) {
                report.removed("cid".equals(scheme) ? "missing-inline-image" : "image-address");
            }
            image.removeAttr("src");
        } else {
            image.attr("src", data);
        }
    }

    private void background(Element element) {
        if (!element.hasAttr("background")) {
            return;
        }
        String source = RemoteUrl.clean(element.attr("background"));
        RemoteUrl url = RemoteUrl.of(resolved(source));
        String own = remote.isOwn(source)
                ? source
                : url == null || report.vendorOf(url) != null ? null : remote.addressOf(url);
        if (own == null) {
            element.removeAttr("background");
        } else {
            element.attr("background", own);
        }
    }

    private @Nullable String inline(String reference) {
        String id;
        try {
            id = URLDecoder.decode(reference.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        for (InlineImage image : images) {
            if (image.contentId().equals(id)) {
                return DataImage.of(image.bytes());
            }
        }
        return null;
    }

    private void link(Element link) {
        if (!link.hasAttr("href")) {
            return;
        }
        String written = RemoteUrl.clean(link.attr("href"));
        if (written.startsWith("#")) {
            String own = OwnNames.of(written.substring(1));
            if (own != null) {
                link.attr("href", "#" + own);
                return;
            }
        }
        String target = resolved(written);
        RemoteUrl url = RemoteUrl.of(target);
        String text = link.text().strip();
        text = text.length() > LINK_TEXT ? text.substring(0, LINK_TEXT) : text;
        boolean web =
                url != null && url.scheme().startsWith("http") && !url.host().equals(RemoteUrl.INVALID);
        if (url != null && web) {
            link.attr("href", url.normal());
            report.link(text, url.normal(), url.host(), names(text, url.host()));
        } else if ("mailto".equals(RemoteUrl.schemeOf(target)) && target.length() > 7) {
            link.attr("href", "mailto:" + target.substring(7));
            report.link(text, link.attr("href"), null, false);
        } else {
            report.removed("link-address");
            link.removeAttr("href");
        }
    }

    /** Whether a text that is an address names another host. */
    private static boolean names(String text, String host) {
        Matcher shown = HOST_IN_TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!shown.matches()) {
            return false;
        }
        String named = shown.group(1);
        return !host.equals(named) && !host.endsWith("." + named) && !named.endsWith("." + host);
    }

    private String resolved(String address) {
        if (base == null || address.isEmpty() || RemoteUrl.schemeOf(address) != null || address.startsWith("#")) {
            return address;
        }
        try {
            return URI.create(base).resolve(address).toString();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
