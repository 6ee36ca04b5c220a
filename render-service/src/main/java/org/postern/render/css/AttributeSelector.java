package org.postern.render.css;

import java.util.Locale;
import java.util.regex.Pattern;
import org.postern.render.css.Token.Type;

/** A selector of elements by one of their attributes (Selectors Level 4 section 6). */
final class AttributeSelector {
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N} .,:;/?=%#_@()+*-]{0,200}");

    private AttributeSelector() {}

    /** Writes what stands in the brackets, with them; whether it is allowed. */
    static boolean write(Tokens tokens, int from, int to, StringBuilder out) {
        int name = tokens.skipSpace(from, to);
        if (name >= to
                || !tokens.get(name).is(Type.IDENT)
                || !Letters.areName(tokens.get(name).text(), 1)) {
            return false;
        }
        String attribute = tokens.get(name).text().toLowerCase(Locale.ROOT);
        int i = tokens.skipSpace(name + 1, to);
        if (i >= to) {
            out.append('[').append(attribute).append(']');
            return true;
        }
        String operator = "";
        if ("~|^$*".indexOf(tokens.get(i).text().charAt(0)) >= 0
                && tokens.get(i).is(Type.DELIM)) {
            operator = tokens.get(i++).text();
        }
        if (i >= to || !tokens.get(i).isDelim('=')) {
            return false;
        }
        int value = tokens.skipSpace(i + 1, to);
        boolean quoted = value < to
                && (tokens.get(value).is(Type.STRING) || tokens.get(value).is(Type.IDENT));
        if (!quoted || tokens.skipSpace(value + 1, to) < to) {
            return false;
        }
        String text = value(attribute, operator, tokens.get(value).text());
        if (!VALUE.matcher(text).matches()) {
            return false;
        }
        out.append('[')
                .append(attribute)
                .append(operator)
                .append("='")
                .append(text)
                .append("']");
        return true;
    }

    /** Names have a prefix as they come out; a piece of a name has none. */
    private static String value(String attribute, String operator, String value) {
        boolean names = attribute.equals("class") || attribute.equals("id");
        return names && !operator.equals("*") && !operator.equals("$") ? OwnNames.all(value) : value;
    }
}
