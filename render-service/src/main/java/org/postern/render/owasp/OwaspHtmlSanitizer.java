package org.postern.render.owasp;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.postern.mime.InlineImage;
import org.postern.render.HtmlSanitizer;
import org.postern.render.PageLayout;
import org.postern.render.RemovedConstruct;
import org.postern.render.RenderingBudget;
import org.postern.render.SanitizedHtml;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.Trackers;

/**
 * Parses as a browser does, cleans the tree, passes it through the gate, and then does it again with what came out until
 * nothing changes: what two parsers read differently (mutation XSS) does not survive being read twice.
 */
public final class OwaspHtmlSanitizer implements HtmlSanitizer {
    private static final int PASSES = 6;

    private final Trackers trackers;

    /** @param trackers what is never fetched */
    public OwaspHtmlSanitizer(Trackers trackers) {
        this.trackers = trackers;
    }

    @Override
    public SanitizedHtml sanitize(String html, List<InlineImage> images, RemoteImages remote, RenderingBudget budget) {
        Report report = new Report(trackers);
        MailDocument document = MailDocument.parse(html, report, new Work(images, remote, trackers, budget));
        String direction = document.direction();
        String language = document.language();
        String title = document.title();
        PageLayout layout = document.layout();
        Work again = new Work(List.of(), remote, trackers, budget);
        Gate gate = new Gate(again);
        String safe = gate.pass(document.cleaned());
        boolean stable = false;
        MailDocument shown = document;
        for (int pass = 1; pass < PASSES && !stable; pass++) {
            shown = MailDocument.parse(safe, new Report(trackers), again);
            String next = gate.pass(shown.cleaned());
            stable = next.equals(safe);
            safe = next;
        }
        String text = text(shown.tree().body(), budget);
        List<RemovedConstruct> removed = new ArrayList<>(report.removed());
        if (!stable) {
            // It is read in a new way each time. Its text is what is left that is safe.
            removed.add(new RemovedConstruct("unstable-markup", 1));
            String plain = "<div style=\"white-space:pre-wrap\">" + escaped(text) + "</div>";
            safe = gate.pass(
                    MailDocument.parse(plain, new Report(trackers), again).cleaned());
        }
        return new SanitizedHtml(
                safe, text, title, layout, direction, language, report.remote(), removed, report.links());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String text(Element body, RenderingBudget budget) {
        StringBuilder text = new StringBuilder();
        body.traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                budget.check();
                if (node instanceof TextNode words) {
                    String plain = words.text();
                    boolean begins = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
                    text.append(begins ? plain.stripLeading() : plain);
                } else if (node instanceof Element element) {
                    before(element, text);
                }
            }

            @Override
            public void tail(Node node, int depth) {
                if (node instanceof Element element && element.isBlock()) {
                    newLine(text);
                }
            }
        });
        return text.toString().strip();
    }

    private static void before(Element element, StringBuilder text) {
        if (element.normalName().equals("br")) {
            text.append('\n');
        } else if (element.normalName().equals("img")) {
            text.append(element.attr("alt"));
        } else if (element.normalName().equals("td") || element.normalName().equals("th")) {
            text.append(' ');
        } else if (element.isBlock()) {
            newLine(text);
        }
    }

    private static void newLine(StringBuilder text) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }
}
