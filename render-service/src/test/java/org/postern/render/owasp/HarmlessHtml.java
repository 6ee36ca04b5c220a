package org.postern.render.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/** Reads a result as a browser would and looks for anything that runs, fetches or submits. */
public final class HarmlessHtml {
    private static final Set<String> FORBIDDEN = Set.of(
            "script",
            "svg",
            "math",
            "object",
            "embed",
            "iframe",
            "frame",
            "frameset",
            "applet",
            "template",
            "audio",
            "video",
            "source",
            "track",
            "link",
            "meta",
            "base",
            "form",
            "input",
            "button",
            "select",
            "textarea",
            "noscript",
            "title",
            "image",
            "picture",
            "xmp",
            "plaintext",
            "bgsound",
            "area");

    private HarmlessHtml() {}

    /** Fails where the HTML could do anything. */
    public static void check(String html) {
        for (Element element : Jsoup.parse("<body><p>" + html).getAllElements()) {
            assertThat(element.normalName()).as("element in %s", html).isNotIn(FORBIDDEN);
            if (element.normalName().equals("style")) {
                style(element.data());
            }
            for (Attribute attribute : element.attributes()) {
                check(element, attribute.getKey().toLowerCase(Locale.ROOT), attribute.getValue());
            }
        }
    }

    private static void check(Element element, String name, String value) {
        String clean = value.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Cntrl}]", "");
        assertThat(name).doesNotStartWith("on");
        switch (name) {
            case "href" -> {
                assertThat(element.normalName()).isEqualTo("a");
                if (clean.startsWith("#pm-")) {
                    return;
                }
                assertThat(clean).matches("(?s)(https?://|mailto:|tel:).*");
                assertThat(element.attr("rel")).isEqualTo("noopener noreferrer nofollow");
                assertThat(element.attr("target")).isEqualTo("_blank");
            }
            case "src" -> assertThat(clean).matches("data:image/(png|jpeg|gif|webp);base64,[a-z0-9+/=]+");
            case "style" -> style(value);
            case "class" -> assertThat(value).matches("(postern-mail|postern-body|pm-\\S+)( pm-\\S+)*");
            case "id" -> assertThat(value).startsWith("pm-");
            case "alt", "title" -> {}
            default -> assertThat(clean).as(name).doesNotContain("//", "javascript:", "url(");
        }
    }

    private static void style(String css) {
        String clean = css.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Cntrl}]", "");
        assertThat(clean.replaceAll("url\\('data:image/(png|jpeg|gif|webp);base64,[a-z0-9+/=]+'\\)", ""))
                .doesNotContain("url(", "://", "expression(", "@import", "@font-face", "image-set", "image(", "\\", "<")
                .doesNotContain(":fixed", ":absolute", ":sticky", "behavior", "-moz-binding");
    }
}
