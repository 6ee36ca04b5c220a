package org.postern.render;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postern.mime.TextPart;

/** Plain text as HTML: escaped, its line breaks kept, its addresses as links, what it quotes set apart. */
final class PlainText {
    private static final Pattern ADDRESS = Pattern.compile("\\b(?:https?://[^\\s<>\"'`\\p{Cc}]{1,2000}"
            + "|www\\.[A-Za-z0-9-][^\\s<>\"'`\\p{Cc}]{1,2000}"
            + "|[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8})");
    private static final String AFTER_ADDRESS = ".,;:!?)]}*_-";
    private static final List<String> COLORS = List.of("#729fcf", "#ad7fa8", "#8ae234", "#fcaf3e", "#e9b96e");

    private final RenderingBudget budget;
    private final StringBuilder html;
    private int depth;
    private boolean signature;
    private boolean first = true;

    private PlainText(RenderingBudget budget, int length) {
        this.budget = budget;
        this.html = new StringBuilder(length + 200).append("<div style=\"white-space:pre-wrap\">");
    }

    static String toHtml(TextPart part, RenderingBudget budget) {
        PlainText text = new PlainText(budget, part.text().length());
        QuotedText.read(part, budget, text::add);
        return text.end();
    }

    private void add(QuotedText.Line line) {
        budget.check();
        boolean signatureBegins = !signature && line.depth() == 0 && line.isSignature();
        if (!first && line.depth() == depth && !signatureBegins) {
            html.append('\n');
        }
        if (line.depth() > 0 && signature) {
            html.append("</div>");
            signature = false;
        }
        for (; depth > line.depth(); depth--) {
            html.append("</blockquote>");
        }
        for (; depth < line.depth(); depth++) {
            html.append("<blockquote type=\"cite\" style=\"margin:0;padding-left:1ex;border-left:2px solid ")
                    .append(COLORS.get(depth % COLORS.size()))
                    .append("\">");
        }
        if (signatureBegins) {
            html.append("<div style=\"opacity:.7\">");
            signature = true;
        }
        linked(line.text());
        first = false;
    }

    private String end() {
        html.append("</blockquote>".repeat(depth));
        return html.append(signature ? "</div></div>" : "</div>").toString();
    }

    private void linked(String line) {
        Matcher address = ADDRESS.matcher(line);
        int done = 0;
        while (address.find(done)) {
            budget.check();
            int end = address.end();
            while (end > address.start() && AFTER_ADDRESS.indexOf(line.charAt(end - 1)) >= 0) {
                end--;
            }
            escape(line, done, address.start(), html);
            html.append("<a href=\"").append(scheme(address.group()));
            escape(line, address.start(), end, html);
            html.append("\">");
            escape(line, address.start(), end, html);
            html.append("</a>");
            done = end;
        }
        escape(line, done, line.length(), html);
    }

    private static String scheme(String address) {
        if (address.startsWith("http://") || address.startsWith("https://")) {
            return "";
        }
        return address.startsWith("www.") ? "http://" : "mailto:";
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
