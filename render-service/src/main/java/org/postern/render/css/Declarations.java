package org.postern.render.css;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Properties.Kind;
import org.postern.render.css.Token.Type;

/** Reads a list of declarations (CSS Syntax Level 3 section 5.4) and writes those that are allowed. */
final class Declarations {
    private static final List<String> UNKNOWN = List.of("mso-", "--", "-premailer-", "supported-color-schemes");

    private final Tokens tokens;
    private final Addresses addresses;
    private final StringBuilder backgrounds = new StringBuilder(0);

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
        write(from, to, conditional, out);
        return out.toString();
    }

    /** Writes them behind what was written before. */
    void write(int from, int to, boolean conditional, StringBuilder out) {
        Values values = new Values(tokens, addresses, conditional, out);
        int begin = out.length();
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
                    declaration(i, end, values, begin, out);
                }
                i = end + 1;
            }
        }
    }

    private void declaration(int name, int to, Values values, int begin, StringBuilder out) {
        int colon = tokens.skipSpace(name + 1, to);
        if (colon >= to || !tokens.get(colon).is(Type.COLON)) {
            return;
        }
        int from = tokens.skipSpace(colon + 1, to);
        int end = tokens.trimEnd(from, to);
        int important = important(from, end);
        String written = tokens.get(name).text();
        String property = written;
        Kind kind = Properties.kindOf(written);
        if (kind == null && written.startsWith("--")) {
            property = Properties.ownVariable(written);
            kind = Kind.INSIDE;
        } else if (kind == null) {
            property = written.toLowerCase(Locale.ROOT);
            kind = Properties.kindOf(property);
        }
        if (property == null || kind == null) {
            leaveOut(property);
            return;
        }
        int before = out.length();
        if (before > begin) {
            out.append(';');
        }
        int start = out.length();
        out.append(property).append(':');
        if (!values.write(from, important < 0 ? end : important, kind)) {
            out.setLength(before);
            leaveOut(property);
            return;
        }
        if (important >= 0) {
            out.append("!important");
        }
        if (property.startsWith("background")) {
            backgrounds.append(backgrounds.isEmpty() ? "" : ";").append(out, start, out.length());
        }
    }

    /** Those of the declarations written that paint the background. */
    String backgrounds() {
        return backgrounds.toString();
    }

    /** What browsers do not know either is no loss. */
    private void leaveOut(@Nullable String property) {
        if (property != null && !isUnknown(property)) {
            addresses.removed("style-property");
        }
    }

    private static boolean isUnknown(String property) {
        for (String begin : UNKNOWN) {
            if (property.startsWith(begin)) {
                return true;
            }
        }
        return false;
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
