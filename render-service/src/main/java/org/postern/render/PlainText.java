package org.postern.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plain text as HTML: escaped, its line breaks kept, its addresses as links. */
final class PlainText {
    private static final Pattern ADDRESS = Pattern.compile("\\bhttps?://[^\\s<>\"'`\\p{Cc}]{1,2000}");
    private static final String AFTER_ADDRESS = ".,;:!?)]}*_";

    private PlainText() {}

    static String toHtml(String text, RenderingBudget budget) {
        String clean = text.replace("\r\n", "\n").replace('\r', '\n');
        StringBuilder html = new StringBuilder(clean.length() + 200).append("<div style=\"white-space:pre-wrap\">");
        Matcher address = ADDRESS.matcher(clean);
        int done = 0;
        while (address.find(done)) {
            budget.check();
            int end = address.end();
            while (end > address.start() && AFTER_ADDRESS.indexOf(clean.charAt(end - 1)) >= 0) {
                end--;
            }
            escape(clean, done, address.start(), html);
            html.append("<a href=\"");
            escape(clean, address.start(), end, html);
            html.append("\">");
            escape(clean, address.start(), end, html);
            html.append("</a>");
            done = end;
        }
        escape(clean, done, clean.length(), html);
        return html.append("</div>").toString();
    }

    private static void escape(String text, int from, int to, StringBuilder html) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '&' -> html.append("&amp;");
                case '"' -> html.append("&quot;");
                default -> html.append(c);
            }
        }
    }
}
