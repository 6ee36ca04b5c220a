package org.postern.render;

import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postern.render.remote.RemoteReference;

/**
 * A rendition as a page that stands alone: without a script, in light and dark, on paper too. Above the mail it says what
 * to beware of and what was not loaded, in words that the styles of the mail do not reach.
 */
public final class ViewPage {
    private static final String WORDS = "org.postern.render.view";
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final int MOST_HOSTS = 20;
    private static final String STYLE = """
        body{margin:0}
        .postern-mail{min-height:100vh}
        .postern-body{margin:8px}
        """;
    private static final String BANNER_STYLE = """
        .postern-banner{font:14px/1.45 system-ui,sans-serif;color:#222;background:#f3f4f6;border-bottom:1px solid #c9ccd1;\
        padding:8px 12px;direction:inherit}
        .postern-banner p,.postern-banner ul{margin:2px 0}
        .postern-banner ul{padding:0 1.4em}
        .postern-banner a{color:#0b57d0;font-weight:600}
        .postern-event{display:grid;grid-template-columns:max-content 1fr;gap:0 1em;margin:4px 0}
        .postern-event dt{font-weight:600}
        .postern-event dd{margin:0}
        .postern-warning{border-inline-start:4px solid #b26a00;padding-inline-start:8px}
        .postern-warning.postern-severe{border-color:#b3261e;font-weight:600}
        @media (prefers-color-scheme:dark){
        .postern-banner{color:#e6e6e6;background:#26282c;border-color:#44474d}
        .postern-banner a{color:#8ab4f8}}
        @media print{
        .postern-mail{overflow:visible!important;min-height:0}
        .postern-banner a,.postern-banner details{display:none}}
        """;

    private ViewPage() {}

    /** The mail and nothing else. */
    public static byte[] of(Rendition rendition) {
        return page(rendition, STYLE, "");
    }

    /**
     * The mail under a banner.
     *
     * @param language of the reader, where it has one of ours: English and French
     */
    public static byte[] withBanner(Rendition rendition, Locale language) {
        return page(rendition, STYLE + BANNER_STYLE, banner(rendition, language));
    }

    private static byte[] page(Rendition rendition, String style, String banner) {
        String language = rendition.language() == null ? "" : " lang=\"" + rendition.language() + "\"";
        // A mail that says nothing of its body stands where browsers put one that says nothing.
        boolean scoped = rendition.html().contains("<div class=\"postern-mail\"");
        String body = scoped ? rendition.html() : "<div class=\"postern-body\">" + rendition.html() + "</div>";
        String page = rendition.layout().doctype() + "\n<html dir=\"" + rendition.direction() + "\"" + language
                + "><head>"
                + "<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\""
                + "default-src 'none'; img-src " + imageSources(rendition)
                + "; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'\">"
                + "<meta name=\"referrer\" content=\"no-referrer\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>Message</title>"
                + "<style>:root{color-scheme:" + rendition.colorScheme() + "}\n" + style + "</style></head><body>"
                + banner + body + "</body></html>\n";
        return page.getBytes(StandardCharsets.UTF_8);
    }

    private static String imageSources(Rendition rendition) {
        int start = rendition.csp().indexOf("img-src ") + "img-src ".length();
        return rendition.csp().substring(start, rendition.csp().indexOf(';', start));
    }

    private static String banner(Rendition rendition, Locale language) {
        ResourceBundle words = ResourceBundle.getBundle(WORDS, language, NO_FALLBACK);
        StringBuilder banner = new StringBuilder();
        for (Warning warning : rendition.warnings()) {
            boolean severe =
                    warning.severity().equals("high") || warning.severity().equals("critical");
            banner.append("<p class=\"postern-warning")
                    .append(severe ? " postern-severe" : "")
                    .append("\">")
                    .append(escaped(warning.text()))
                    .append("</p>");
        }
        for (CalendarEvent event : rendition.events()) {
            banner.append(event(event, words));
        }
        if (rendition.isShownAsText()) {
            banner.append("<p>").append(words.getString("plain")).append("</p>");
        }
        boolean shown = rendition.remote().stream().anyMatch(RemoteReference::isProxied);
        int blocked = rendition.counts().blocked();
        if (shown) {
            banner.append("<p>").append(words.getString("proxied")).append(' ');
            banner.append(link("?remote=blocked", words.getString("hide"))).append("</p>");
        }
        if (blocked > 0) {
            banner.append("<p>").append(counted(words, "blocked", blocked));
            if (rendition.counts().trackers() > 0) {
                banner.append(' ')
                        .append(counted(words, "trackers", rendition.counts().trackers()));
            }
            boolean more = rendition.remote().stream()
                    .anyMatch(one ->
                            !one.tracker() && !one.isProxied() && one.kind().canBeShown());
            if (!shown && more) {
                banner.append(' ').append(link("?remote=proxied", words.getString("show")));
            }
            banner.append("</p>").append(details(rendition.remote(), words));
        }
        return banner.isEmpty()
                ? ""
                : "<div class=\"postern-banner\" role=\"status\" dir=\"auto\" lang=\"" + language(words) + "\">"
                        + banner + "</div>";
    }

    private static String event(CalendarEvent event, ResourceBundle words) {
        StringBuilder box = new StringBuilder("<dl class=\"postern-event\">");
        line(box, "event.summary", event.summary(), words);
        String to = event.end() == null ? "" : " – " + event.end();
        line(box, "event.when", event.start() == null ? null : event.start() + to, words);
        line(box, "event.where", event.location(), words);
        line(box, "event.organizer", event.organizer(), words);
        if ("cancel".equals(event.method())) {
            box.append("<dd>")
                    .append(escaped(words.getString("event.cancelled")))
                    .append("</dd>");
        }
        return box.append("</dl>").toString();
    }

    private static void line(StringBuilder box, String key, @Nullable String value, ResourceBundle words) {
        if (value != null) {
            box.append("<dt>").append(escaped(words.getString(key))).append("</dt>");
            box.append("<dd><bdi>").append(escaped(value)).append("</bdi></dd>");
        }
    }

    private static String language(ResourceBundle words) {
        String language = words.getLocale().getLanguage();
        return language.isEmpty() ? "en" : language;
    }

    private static String counted(ResourceBundle words, String key, int count) {
        return escaped(new MessageFormat(words.getString(key), words.getLocale()).format(new Object[] {count}));
    }

    private static String link(String target, String text) {
        return "<a href=\"" + target + "\" rel=\"nofollow\">" + escaped(text) + "</a>";
    }

    private static String details(List<RemoteReference> remote, ResourceBundle words) {
        List<RemoteReference> blocked =
                remote.stream().filter(one -> !one.isProxied()).toList();
        String lines = blocked.stream()
                .limit(MOST_HOSTS)
                .map(one -> "<li><bdi>" + escaped(one.host()) + "</bdi> ("
                        + one.kind().word() + tracker(one, words) + ") &#215;" + one.count() + "</li>")
                .collect(Collectors.joining());
        String more = blocked.size() <= MOST_HOSTS
                ? ""
                : "<li>" + MessageFormat.format(words.getString("more"), blocked.size() - MOST_HOSTS) + "</li>";
        return "<details><summary>" + escaped(words.getString("what")) + "</summary><ul>" + lines + more
                + "</ul></details>";
    }

    private static String tracker(RemoteReference reference, ResourceBundle words) {
        if (!reference.tracker()) {
            return "";
        }
        String vendor = reference.vendor();
        String whose = vendor == null || vendor.equals("unknown") ? "" : ": " + escaped(vendor);
        return ", " + escaped(words.getString("kind.tracker")) + whose;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
