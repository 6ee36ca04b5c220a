package org.postern.render;

import java.util.function.Consumer;
import org.postern.mime.TextPart;

/**
 * Plain text as lines with the depth of their quoting. Where the mail says {@code format=flowed} (RFC 3676), lines that
 * were broken for transport are whole again.
 */
final class QuotedText {
    /** More is shown as if it were this deep. */
    static final int DEEPEST = 12;

    private static final String SIGNATURE = "-- ";

    /**
     * A line.
     *
     * @param depth how often it is quoted, 0 where it is the sender's own
     */
    record Line(int depth, String text) {
        boolean isSignature() {
            return text.equals(SIGNATURE);
        }
    }

    private QuotedText() {}

    /** Tells the lines as they are meant to be read, one after another: a text may be nothing but lines. */
    static void read(TextPart part, RenderingBudget budget, Consumer<Line> lines) {
        String clean = part.text().replace("\r\n", "\n").replace('\r', '\n');
        StringBuilder paragraph = new StringBuilder();
        int depth = -1;
        int start = 0;
        while (start <= clean.length()) {
            budget.check();
            int end = clean.indexOf('\n', start);
            end = end < 0 ? clean.length() : end;
            Line line = part.flowed() ? stuffed(clean, start, end) : quoted(clean, start, end);
            boolean goesOn = part.flowed() && line.text().endsWith(" ") && !line.isSignature();
            if (depth >= 0 && (line.depth() != depth || line.isSignature())) {
                // A paragraph ends with its quoting, whatever it says (RFC 3676 section 4.5).
                lines.accept(new Line(depth, paragraph.toString()));
                paragraph.setLength(0);
            }
            String text = line.text();
            paragraph.append(goesOn && part.deleteSpace() ? text.substring(0, text.length() - 1) : text);
            if (goesOn) {
                depth = line.depth();
            } else {
                lines.accept(new Line(line.depth(), paragraph.toString()));
                paragraph.setLength(0);
                depth = -1;
            }
            start = end + 1;
        }
        if (depth >= 0) {
            lines.accept(new Line(depth, paragraph.toString()));
        }
    }

    /** The same as text, each line after as many marks as it is deep. */
    static String text(TextPart part, RenderingBudget budget) {
        if (!part.flowed()) {
            return part.text();
        }
        StringBuilder text = new StringBuilder(part.text().length());
        read(part, budget, line -> {
            text.append(text.isEmpty() ? "" : "\n").append(">".repeat(line.depth()));
            text.append(line.depth() == 0 ? "" : " ").append(line.text());
        });
        return text.toString();
    }

    /** RFC 3676 section 4.5: quote marks stand together, then a space that was only stuffed in. */
    private static Line stuffed(String text, int start, int end) {
        int at = start;
        while (at < end && text.charAt(at) == '>') {
            at++;
        }
        int depth = at - start;
        boolean space = at < end && text.charAt(at) == ' ';
        return new Line(Math.min(depth, DEEPEST), text.substring(space ? at + 1 : at, end));
    }

    /** As people quote: marks with or without a space after each. */
    private static Line quoted(String text, int start, int end) {
        int at = start;
        int depth = 0;
        while (at < end && text.charAt(at) == '>' && depth < DEEPEST) {
            depth++;
            at++;
            if (at < end && text.charAt(at) == ' ') {
                at++;
            }
        }
        return new Line(depth, text.substring(at, end));
    }
}
