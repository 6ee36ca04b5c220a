package org.postern.render.cleaning;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.postern.render.PageLayout;

/**
 * What a page says of itself.
 *
 * @param layout which rules of layout a browser would take for it
 * @param direction {@code ltr} or {@code rtl} where it says it
 * @param language a language tag where it says one
 * @param title what it calls itself, at most 200 characters, where it does
 * @param dark whether it says that it can be shown dark (CSS Color Adjustment Level 1)
 */
public record Page(
        PageLayout layout,
        @Nullable String direction,
        @Nullable String language,
        @Nullable String title,
        boolean dark) {
    private static final int LONGEST_TITLE = 200;
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}");
    private static final Set<String> COLOR_SCHEMES =
            Set.of("color-scheme", "color-schemes", "supported-color-scheme", "supported-color-schemes");

    /** @param elements all of the document, in their order */
    static Page of(Document document, Element body, List<Element> elements) {
        boolean dark = false;
        for (Element element : elements) {
            dark |= element.nameIs("meta") && isForDark(element);
        }
        String title = document.title().strip();
        String direction = attribute(document, body, "dir").toLowerCase(Locale.ROOT);
        String language = attribute(document, body, "lang");
        return new Page(
                layout(document),
                direction.equals("ltr") || direction.equals("rtl") ? direction : null,
                LANGUAGE.matcher(language).matches() ? language : null,
                title.isEmpty() ? null : title.substring(0, Math.min(title.length(), LONGEST_TITLE)),
                dark);
    }

    private static PageLayout layout(Document document) {
        return switch (document.quirksMode()) {
            case quirks -> PageLayout.QUIRKS;
            case limitedQuirks -> PageLayout.LIMITED_QUIRKS;
            case noQuirks -> PageLayout.STANDARDS;
        };
    }

    private static String attribute(Document document, Element body, String name) {
        String own = body.attr(name);
        Element root = document.firstElementChild();
        return own.isEmpty() && root != null ? root.attr(name) : own;
    }

    private static boolean isForDark(Element meta) {
        return COLOR_SCHEMES.contains(meta.attr("name").toLowerCase(Locale.ROOT))
                && meta.attr("content").toLowerCase(Locale.ROOT).contains("dark");
    }
}
