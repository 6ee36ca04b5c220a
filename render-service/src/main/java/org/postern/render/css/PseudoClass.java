package org.postern.render.css;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known of what stands behind a colon in selectors (Selectors Level 4), by what it asks. */
enum PseudoClass {
    /** What changes while somebody reads. */
    STATE("hover", "active", "focus", "focus-within", "focus-visible", "visited", "target"),
    LINK("link", "any-link"),
    /** Where an element stands among others. */
    PLACE("first-child", "last-child", "only-child", "first-of-type", "last-of-type", "only-of-type", "empty"),
    ROOT("root"),
    /** Which ones of many, by a count. */
    STEP("nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"),
    /** Whether one of a list of selectors means the element. */
    LIST("not", "is", "where"),
    /** Whether one of a list means something in it or behind it. */
    AROUND("has"),
    LANGUAGE("lang"),
    /** A pseudo-element, of which some are written with one colon. */
    PART("before", "after", "first-line", "first-letter", "marker", "placeholder", "selection");

    private static final Map<String, PseudoClass> BY_NAME = byName();
    private static final Pattern COUNT =
            Pattern.compile("even|odd|[+-]?[0-9]{1,4}|[+-]?[0-9]{0,4}n(?: ?[+-] ?[0-9]{1,4})?");

    private static final int LONGEST_COUNT = 32;

    private final List<String> names;

    PseudoClass(String... names) {
        this.names = List.of(names);
    }

    private static Map<String, PseudoClass> byName() {
        Map<String, PseudoClass> all = new HashMap<>();
        for (PseudoClass one : values()) {
            one.names.forEach(name -> all.put(name, one));
        }
        return all;
    }

    /** What a name in small letters stands for; null where it is not known. */
    static @Nullable PseudoClass of(String name) {
        return BY_NAME.get(name);
    }

    /** What stands in the brackets of {@link #STEP}, in small letters; null where that is no count. */
    static @Nullable String count(Tokens tokens, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to && text.length() < LONGEST_COUNT; i++) {
            text.append(tokens.get(i).text()).append(tokens.get(i).unit());
        }
        String count = text.toString().strip().toLowerCase(Locale.ROOT);
        return COUNT.matcher(count).matches() ? count : null;
    }
}
