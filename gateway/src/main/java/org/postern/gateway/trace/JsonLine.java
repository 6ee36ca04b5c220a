package org.postern.gateway.trace;

/** One line of JSON that is written from its beginning to its end (RFC 8259), by the names in the order in which they come. */
final class JsonLine {
    private static final String HEX = "0123456789ABCDEF";
    private static final int USUAL = 256;

    private final StringBuilder line = new StringBuilder(USUAL).append('{');

    JsonLine text(String name, String value) {
        name(name).append('"');
        escape(value);
        line.append('"');
        return this;
    }

    JsonLine number(String name, long value) {
        name(name).append(value);
        return this;
    }

    JsonLine truth(String name) {
        name(name).append(true);
        return this;
    }

    /** The line, without its end; nothing may come after. */
    String end() {
        return line.append('}').toString();
    }

    private StringBuilder name(String name) {
        if (line.length() > 1) {
            line.append(',');
        }
        return line.append('"').append(name).append("\":");
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c >= ' ') {
                line.append(c);
            } else {
                control(c);
            }
        }
    }

    private void control(char c) {
        switch (c) {
            case '\b' -> line.append("\\b");
            case '\t' -> line.append("\\t");
            case '\n' -> line.append("\\n");
            case '\f' -> line.append("\\f");
            case '\r' -> line.append("\\r");
            default -> line.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
        }
    }
}
