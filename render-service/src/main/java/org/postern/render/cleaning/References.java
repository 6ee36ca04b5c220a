package org.postern.render.cleaning;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.postern.render.RenderingBudget;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.RemoteKind;
import org.postern.render.remote.RemoteUrl;

/** Finds what an element would fetch, in every form that can. */
final class References {
    private static final Pattern REFRESH = Pattern.compile("url\\s*=\\s*[\"']?([^\"']*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern FUNCTION = Pattern.compile("(?i)^\\s*url\\(\\s*[\"']?|[\"']?\\s*\\)\\s*$");

    /** Attributes that hold one address, and are never those of a link. */
    private static final Map<String, RemoteKind> ADDRESSES = Map.ofEntries(
            Map.entry("src", RemoteKind.IMAGE),
            Map.entry("background", RemoteKind.IMAGE),
            Map.entry("lowsrc", RemoteKind.IMAGE),
            Map.entry("dynsrc", RemoteKind.IMAGE),
            Map.entry("poster", RemoteKind.IMAGE),
            Map.entry("icon", RemoteKind.IMAGE),
            Map.entry("data", RemoteKind.OBJECT),
            Map.entry("classid", RemoteKind.OBJECT),
            Map.entry("codebase", RemoteKind.OBJECT),
            Map.entry("archive", RemoteKind.OBJECT),
            Map.entry("code", RemoteKind.OBJECT),
            Map.entry("action", RemoteKind.FORM),
            Map.entry("formaction", RemoteKind.FORM),
            Map.entry("manifest", RemoteKind.OTHER),
            Map.entry("xlink:href", RemoteKind.IMAGE),
            Map.entry("fill", RemoteKind.IMAGE),
            Map.entry("filter", RemoteKind.IMAGE),
            Map.entry("mask", RemoteKind.IMAGE),
            Map.entry("longdesc", RemoteKind.OTHER));

    private static final Map<String, RemoteKind> SOURCES = Map.ofEntries(
            Map.entry("iframe", RemoteKind.FRAME),
            Map.entry("frame", RemoteKind.FRAME),
            Map.entry("embed", RemoteKind.OBJECT),
            Map.entry("video", RemoteKind.MEDIA),
            Map.entry("audio", RemoteKind.MEDIA),
            Map.entry("track", RemoteKind.MEDIA),
            Map.entry("bgsound", RemoteKind.MEDIA),
            Map.entry("script", RemoteKind.SCRIPT));

    private final Report report;
    private final RenderingBudget budget;
    private final RemoteImages images;
    private final DocumentAddresses addresses;
    private final HiddenImages hiddenImages;

    References(
            Report report,
            RenderingBudget budget,
            RemoteImages images,
            DocumentAddresses addresses,
            HiddenImages hiddenImages) {
        this.report = report;
        this.budget = budget;
        this.images = images;
        this.addresses = addresses;
        this.hiddenImages = hiddenImages;
    }

    void find(Element element) {
        if (element.attributesSize() == 0) {
            return;
        }
        String name = element.normalName();
        // Asked now, while everything has the names that the rules of the mail know.
        boolean shows = name.equals("img")
                || name.equals("image")
                || element.attributes().hasKey("background")
                || element.attributes().get("style").indexOf('(') >= 0;
        boolean hidden = shows && hiddenImages.isHidden(element);
        for (Attribute attribute : element.attributes()) {
            find(element, name, attribute.getKey().toLowerCase(Locale.ROOT), attribute.getValue(), hidden);
        }
    }

    private void find(Element element, String name, String attribute, String value, boolean hidden) {
        switch (attribute) {
            // Most there are, and no address.
            case "style", "class", "id", "align", "valign", "width", "height", "border", "alt", "target" -> {}
            case "srcset", "imagesrcset" -> set(element, name, value, hidden);
            case "ping" ->
                List.of(value.split("\\s+", 50)).forEach(address -> add(address, RemoteKind.PING, false, false));
            case "href" -> href(element, name, value);
            case "content" -> refresh(element, value);
            default -> {
                RemoteKind kind = ADDRESSES.get(attribute);
                if (kind != null) {
                    boolean src = attribute.equals("src");
                    address(
                            element,
                            attribute,
                            value,
                            src ? SOURCES.getOrDefault(name, source(element)) : kind,
                            hidden);
                } else if (attribute.startsWith("on")) {
                    report.removed("event-handler");
                }
            }
        }
    }

    private void address(Element element, String attribute, String value, RemoteKind kind, boolean hidden) {
        boolean image = element.nameIs("img");
        boolean shown =
                attribute.equals("background") || (attribute.equals("src") && (image || element.nameIs("image")));
        boolean taken = !image || ImageSet.addressOf(element).equals(value);
        String inFunction =
                value.indexOf('(') < 0 ? value : FUNCTION.matcher(value).replaceAll("");
        add(inFunction, kind, hidden, shown && taken);
    }

    private void set(Element element, String name, String value, boolean hidden) {
        String taken = name.equals("img") ? ImageSet.addressOf(element) : "";
        for (String candidate : value.split(",\\s+|\\s+", 200)) {
            // The one that is taken stands for all.
            boolean src = candidate.equals(element.attr("src"));
            if (!src) {
                add(candidate, RemoteKind.IMAGE, hidden, candidate.equals(taken));
            }
        }
    }

    private void refresh(Element meta, String value) {
        if (meta.attr("http-equiv").equalsIgnoreCase("refresh")) {
            Matcher refresh = REFRESH.matcher(value);
            if (refresh.find()) {
                add(refresh.group(1), RemoteKind.REFRESH, false, false);
            }
        }
    }

    private static RemoteKind source(Element element) {
        Element parent = element.parent();
        boolean media = element.normalName().equals("source")
                && parent != null
                && (parent.normalName().equals("video") || parent.normalName().equals("audio"));
        return media ? RemoteKind.MEDIA : RemoteKind.IMAGE;
    }

    private void href(Element element, String name, String value) {
        switch (name) {
            case "a", "area", "base" -> {} // These fetch nothing by themselves.
            case "link" -> {
                String rel = element.attr("rel").toLowerCase(Locale.ROOT);
                RemoteKind kind = rel.contains("stylesheet")
                        ? RemoteKind.CSS
                        : rel.contains("icon") ? RemoteKind.IMAGE : RemoteKind.LINK_PREFETCH;
                add(value, kind, false, false);
            }
            default -> add(value, RemoteKind.IMAGE, false, false);
        }
    }

    private void add(String value, RemoteKind kind, boolean hidden, boolean shown) {
        budget.step();
        RemoteUrl url = images.isOwn(RemoteUrl.clean(value)) ? null : addresses.urlOf(value);
        if (url != null) {
            // A tracker is not even given an address.
            boolean tracker = hidden || report.vendorOf(url) != null;
            report.remote(url, kind, hidden, shown && !tracker && images.addressOf(url) != null);
        }
    }
}
