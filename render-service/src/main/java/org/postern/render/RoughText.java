package org.postern.render;

import java.util.Locale;
import org.postern.mime.TextPart;

/** The text of HTML that took too long to render: without a parser, in one pass. */
final class RoughText {
    private static final int LONGEST = 200_000;

    private RoughText() {}

    static TextPart of(TextPart part) {
        return part.html() ? new TextPart(part.part(), false, text(part.text()), false, false) : shortened(part);
    }

    private static TextPart shortened(TextPart part) {
        String text = part.text();
        return text.length() <= LONGEST
                ? part
                : new TextPart(part.part(), false, text.substring(0, LONGEST), part.flowed(), part.deleteSpace());
    }

    /** What stands between tags, where it is no style or script. */
    private static String text(String html) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < html.length() && text.length() < LONGEST) {
            char c = html.charAt(i);
            if (c != '<') {
                text.append(Character.isWhitespace(c) ? ' ' : c);
                i++;
                continue;
            }
            String name = nameAt(html, i + 1);
            int end = html.indexOf('>', i);
            if (name.equals("style") || name.equals("script")) {
                int close = html.indexOf("</", end < 0 ? html.length() : end);
                end = close < 0 ? -1 : html.indexOf('>', close);
            } else if (name.equals("br") || name.equals("p") || name.equals("tr") || name.equals("div")) {
                text.append('\n');
            }
            if (end < 0) {
                break;
            }
            i = end + 1;
        }
        return text.toString()
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .replaceAll("[ \t]{2,100}", " ")
                .replaceAll("\n[\n ]{1,100}\n", "\n\n")
                .strip();
    }

    private static String nameAt(String html, int start) {
        int end = start;
        while (end < html.length() && end - start < 10 && Character.isLetterOrDigit(html.charAt(end))) {
            end++;
        }
        return html.substring(start, end).toLowerCase(Locale.ROOT);
    }
}
