package org.postern.render.cleaning;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that may come through, on which elements and with which values. The policy and the cleaning before it ask
 * the same table, so that nearly always nothing is left for the policy to change.
 */
public final class AllowedAttributes {
    /** The name under which styles pass the policy. */
    public static final String STYLE = "data-pm-style";

    /** Programs that fill in templates look for them, so the policy puts something between. */
    private static final Pattern TWO_BRACES = Pattern.compile("\\{(?=\\{)");

    private static final Map<String, Rule> RULES = new Rules()
            .onto("a")
            .allow(AttributeValues::isLink, "href")
            // Which addresses are ours, the receiver behind the policy knows.
            .onto("img")
            .allow(value -> true, "src", "alt")
            .onto("table", "td", "th", "tr")
            .allow(value -> true, "background")
            .onto("td", "th", "col", "colgroup", "ol", "li")
            .allow(AttributeValues::isCount, "colspan", "rowspan", "span", "start", "value")
            .onto("td", "th", "hr", "details", "ol")
            .toggles("nowrap", "noshade", "open", "reversed")
            .onto("time", "del", "ins")
            .allow("[0-9A-Za-z: +.-]{1,40}", "datetime", "cite")
            .onto("font")
            .allow("[\\p{L}\\p{N} ,'+_.-]{1,200}", "face")
            .onto()
            .allow(value -> true, STYLE, "aria-label", "title")
            .allow(AttributeValues::areClasses, "class")
            .allow("pm-[A-Za-z0-9_-]{1,100}", "id")
            .allow("pm-[A-Za-z0-9_-]{1,100}(?: pm-[A-Za-z0-9_-]{1,100}){0,20}", "aria-labelledby", "aria-describedby")
            .allow(AttributeValues::isRole, "role", "scope")
            .words(Set.of("true", "false"), "aria-hidden")
            .words(Set.of("off", "polite", "assertive"), "aria-live")
            .words(Set.of("hidden"), "hidden")
            .words(Set.of("ltr", "rtl", "auto"), "dir")
            .allow(AttributeValues::isWord, "lang", "align", "valign", "type", "clear", "frame", "rules")
            .allow(AttributeValues::isWord, "bgcolor", "bordercolor", "color")
            .allow(AttributeValues::isLength, "width", "height", "hspace", "vspace", "size")
            .allow(AttributeValues::isLength, "border", "cellpadding", "cellspacing")
            .done();

    private AllowedAttributes() {}

    /** The value as the policy lets it through, or null where it does not. */
    static @Nullable String value(String element, String name, String value) {
        Rule rule = RULES.get(name);
        return rule == null || !rule.isFor(element) ? null : rule.written(name, value);
    }

    /** Takes the attributes from an element that the policy would take, and writes the others as it would. */
    static void keep(Element element, String name) {
        Iterator<Attribute> attributes = element.attributes().iterator();
        boolean link = name.equals("a");
        while (attributes.hasNext()) {
            Attribute attribute = attributes.next();
            String key = attribute.getKey();
            if (key.equals("style") || (link && (key.equals("target") || key.equals("rel")))) {
                continue;
            }
            String value = attribute.getValue();
            String written = value(name, key, value);
            if (written == null) {
                attributes.remove();
            } else if (written.indexOf('`') >= 0 || written.contains("{{")) {
                attribute.setValue(
                        TWO_BRACES.matcher(written.replace('`', '\'')).replaceAll("{\u200b"));
            } else if (!written.equals(value)) {
                attribute.setValue(written);
            }
        }
    }

    /** All of them by their names. */
    public static Map<String, Rule> rules() {
        return RULES;
    }

    /** How a value comes out. */
    private enum Form {
        AS_IT_IS,
        LOWER_CASE,
        /** There or not: its name, as parsers of HTML and of XML both know it. */
        NAME
    }

    /**
     * One attribute.
     *
     * @param elements on which it may be; empty for all
     */
    public record Rule(Set<String> elements, Predicate<String> values, Form form) {
        boolean isFor(String element) {
            return elements.isEmpty() || elements.contains(element);
        }

        /** The value as it is let through, or null where it is not. */
        public @Nullable String written(String name, String value) {
            String written =
                    switch (form) {
                        case AS_IT_IS -> value;
                        case LOWER_CASE -> value.toLowerCase(Locale.ROOT);
                        case NAME -> name;
                    };
            return values.test(written) ? written : null;
        }
    }

    /** Puts the table together. */
    private static final class Rules {
        private final Map<String, Rule> rules = new HashMap<>();
        private Set<String> elements = Set.of();

        Rules onto(String... names) {
            elements = Set.of(names);
            return this;
        }

        Rules allow(Predicate<String> values, String... names) {
            return add(values, Form.AS_IT_IS, names);
        }

        Rules allow(String values, String... names) {
            return add(Pattern.compile(values).asMatchPredicate(), Form.AS_IT_IS, names);
        }

        Rules words(Set<String> words, String... names) {
            return add(words::contains, Form.LOWER_CASE, names);
        }

        Rules toggles(String... names) {
            return add(value -> true, Form.NAME, names);
        }

        private Rules add(Predicate<String> values, Form form, String... names) {
            for (String name : names) {
                rules.put(name, new Rule(elements, values, form));
            }
            return this;
        }

        Map<String, Rule> done() {
            return Map.copyOf(rules);
        }
    }
}
