package org.postern.render.cleaning;

import java.util.Set;

/** The elements that may come through. The policy and the cleaning before it ask the same table. */
public final class AllowedElements {
    private static final Set<String> NAMES = Set.of(
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
            "wbr");

    /** Those that the policy leaves out where they have no attributes. */
    private static final Set<String> NOTHING_ALONE = Set.of("a", "img");

    private AllowedElements() {}

    /** Their names. */
    public static Set<String> names() {
        return NAMES;
    }

    /** Whether the policy lets an element through. */
    public static boolean allows(String element, boolean hasAttributes) {
        return NAMES.contains(element) && (hasAttributes || !NOTHING_ALONE.contains(element));
    }
}
