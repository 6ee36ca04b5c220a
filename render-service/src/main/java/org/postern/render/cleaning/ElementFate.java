package org.postern.render.cleaning;

import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Element;

/**
 * What becomes of elements of one name.
 *
 * @param word for it in the report; empty where nothing is reported
 */
record ElementFate(Kind kind, String word) {
    /** What becomes of them. */
    enum Kind {
        STAYS,
        /** Stays; of what is in it only rows, cells, items and the like have a place. */
        FRAMES,
        /** Leaves what it holds. */
        UNWRAPPED,
        /** Gone with everything inside. */
        GONE,
        /** Gone, and what it says is in the style block of the mail. */
        STYLE
    }

    private static final ElementFate STAYS = new ElementFate(Kind.STAYS, "");
    private static final Map<String, ElementFate> BY_NAME = byName();

    private static Map<String, ElementFate> byName() {
        Map<String, ElementFate> all = new HashMap<>();
        add(all, Kind.FRAMES, "", "table tbody thead tfoot tr colgroup ul ol");
        add(all, Kind.STYLE, "style-block", "style");
        // Forms lose their frame and keep what they show.
        add(all, Kind.UNWRAPPED, "form", "form");
        add(all, Kind.UNWRAPPED, "form-field", "button fieldset label");
        add(all, Kind.UNWRAPPED, "map", "area");
        add(all, Kind.GONE, "object", "object embed applet");
        add(all, Kind.GONE, "frame", "iframe frame frameset noframes");
        add(all, Kind.GONE, "media", "audio video canvas bgsound");
        add(all, Kind.GONE, "form-field", "input select textarea");
        add(all, Kind.GONE, "raw-text", "xmp plaintext noembed listing");
        for (String name : "script svg math template link base noscript xml meta title".split(" ")) {
            add(all, Kind.GONE, name, name);
        }
        return Map.copyOf(all);
    }

    private static void add(Map<String, ElementFate> all, Kind kind, String word, String names) {
        for (String name : names.split(" ")) {
            all.put(name, new ElementFate(kind, word));
        }
    }

    static ElementFate of(Element element) {
        return BY_NAME.getOrDefault(element.normalName(), STAYS);
    }

    /** Whether an element is taken out with everything inside. */
    static boolean isRemoved(Element element) {
        Kind kind = of(element).kind();
        return kind == Kind.GONE || kind == Kind.STYLE;
    }
}
