package org.postern.render.css;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a selector of elements by one of their attributes (Selectors Level 4 section 6). */
final class AttributeSelector {
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N} .,:;/?=%#_@()+*-]{0,200}");

    private AttributeSelector() {}

    /** As it comes out, or null where it is not allowed. */
    static @Nullable String written(SimpleSelector.Attributed selector) {
        if (!Letters.areName(selector.name(), 1) || selector.more()) {
            return null;
        }
        String name = selector.name().toLowerCase(Locale.ROOT);
        if (selector.value() == null) {
            return "[" + name + "]";
        }
        String text = value(name, selector.operator(), selector.value());
        return VALUE.matcher(text).matches() ? "[" + name + selector.operator() + "='" + text + "']" : null;
    }

    /** Names have a prefix as they come out; a piece of a name has none. */
    private static String value(String attribute, String operator, String value) {
        boolean names = attribute.equals("class") || attribute.equals("id");
        return names && !operator.equals("*") && !operator.equals("$") ? OwnNames.all(value) : value;
    }
}
