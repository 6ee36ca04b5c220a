package org.postern.render.css;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Properties.Kind;
import org.postern.render.css.Token.Type;

/** Reads a list of declarations (CSS Syntax Level 3 section 5.4) and writes those that are allowed. */
final class Declarations {
    private static final Pattern UNKNOWN = Pattern.compile("mso-|--|-premailer-|supported-color-schemes");

    private final Tokens tokens;
    private final Addresses addresses;
    private final StringBuilder backgrounds = new StringBuilder();

    Declarations(Tokens tokens, Addresses addresses) {
        this.tokens = tokens;
        this.addresses = addresses;
    }

    /**
     * The declarations written anew, without a semicolon at the end; empty where none is left.
     *
     * @param conditional whether they may or may not hold
     */
    String write(int from, int to, boolean conditional) {
        StringBuilder out = new StringBuilder();
        int i = from;
        while (i < to) {
            Token token = tokens.get(i);
            if (token.is(Type.SPACE) || token.is(Type.SEMICOLON)) {
                i++;
            } else if (token.is(Type.AT)) {
                int end = tokens.findEndOfPrelude(i, to);
                i = (end < to ? tokens.endOf(end) : to) + 1;
            } else {
                int end = tokens.find(Type.SEMICOLON, i, to);
                if (token.is(Type.IDENT)) {
                    declaration(i, end, conditional, out);
                }
                i = end + 1;
            }
        }
        return out.toString();
    }

    private void declaration(int name, int to, boolean conditional, StringBuilder out) {
        int colon = tokens.skipSpace(name + 1, to);
        if (colon >= to || !tokens.get(colon).is(Type.COLON)) {
            return;
        }
        int from = tokens.skipSpace(colon + 1, to);
        int end = tokens.trimEnd(from, to);
        int important = important(from, end);
        String written = tokens.get(name).text();
        String property;
        Kind kind;
        if (written.startsWith("--")) {
            property = Properties.ownVariable(written);
            kind = Kind.INSIDE;
        } else {
            property = written.toLowerCase(Locale.ROOT);
            kind = Properties.kindOf(property);
        }
        if (property == null || kind == null) {
            leaveOut(property);
            return;
        }
        String value = Values.write(tokens, from, important < 0 ? end : important, kind, conditional, addresses);
        if (value == null) {
            leaveOut(property);
            return;
        }
        out.append(out.isEmpty() ? "" : ";").append(property).append(':').append(value);
        out.append(important < 0 ? "" : "!important");
        if (property.startsWith("background")) {
            backgrounds
                    .append(backgrounds.isEmpty() ? "" : ";")
                    .append(property)
                    .append(':')
                    .append(value);
            backgrounds.append(important < 0 ? "" : "!important");
        }
    }

    /** Those of the declarations written that paint the background. */
    String backgrounds() {
        return backgrounds.toString();
    }

    /** What browsers do not know either is no loss. */
    private void leaveOut(@Nullable String property) {
        if (property != null && !UNKNOWN.matcher(property).lookingAt()) {
            addresses.removed("style-property");
        }
    }

    /** Where {@code !important} begins, or -1. */
    private int important(int from, int end) {
        if (end - from < 2 || !tokens.get(end - 1).isIdent("important")) {
            return -1;
        }
        int mark = tokens.trimEnd(from, end - 1) - 1;
        return mark >= from && tokens.get(mark).isDelim('!') ? tokens.trimEnd(from, mark) : -1;
    }
}
