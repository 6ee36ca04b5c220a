package org.postern.render.owasp;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.postern.render.CarriedImage;
import org.postern.render.HtmlSanitizer;
import org.postern.render.RemovedConstruct;
import org.postern.render.RenderingBudget;
import org.postern.render.SanitizedHtml;
import org.postern.render.cleaning.CleaningContext;
import org.postern.render.cleaning.MailDocument;
import org.postern.render.cleaning.Page;
import org.postern.render.cleaning.Report;
import org.postern.render.cleaning.ShownText;
import org.postern.render.css.KnownStyles;
import org.postern.render.css.OwnStyles;
import org.postern.render.remote.Redirectors;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.Trackers;

/**
 * Parses as a browser does, cleans the tree, and passes it through the gate. Where the text that comes out is read as that
 * tree by every parser, that is all. Otherwise it is read again, cleaned and passed until nothing changes: what two parsers
 * read differently (mutation XSS) does not survive being read twice.
 */
public final class OwaspHtmlSanitizer implements HtmlSanitizer {
    private static final int PASSES = 6;

    private final Trackers trackers;
    private final Redirectors redirectors;
    private final KnownStyles known = new KnownStyles();

    /**
     * @param trackers what is never fetched
     * @param redirectors whose links say where they lead in the end
     */
    public OwaspHtmlSanitizer(Trackers trackers, Redirectors redirectors) {
        this.trackers = trackers;
        this.redirectors = redirectors;
    }

    @Override
    public SanitizedHtml sanitize(String html, List<CarriedImage> images, RemoteImages remote, RenderingBudget budget) {
        Report report = new Report(trackers, remote);
        OwnStyles styles = new OwnStyles();
        MailDocument document = MailDocument.parse(
                html,
                report,
                new CleaningContext(images, remote, trackers, redirectors, styles, known, Gate::written, true, budget));
        CleaningContext again = new CleaningContext(
                List.of(), remote, trackers, redirectors, styles, known, Gate::written, false, budget);
        Gate gate = new Gate(again);
        Element cleaned = document.clean();
        String safe = gate.pass(cleaned, html.length());
        Read read = safe == null ? readAgain(document.cleaned(), gate, again) : new Read(safe, cleaned, true);
        String text = ShownText.of(read.body(), budget);
        List<RemovedConstruct> removed = new ArrayList<>(report.removed());
        String shown = read.html();
        if (!read.stable()) {
            // It is read in a new way each time. Its text is what is left that is safe.
            removed.add(new RemovedConstruct("unstable-markup", 1));
            String plain = "<div style=\"white-space:pre-wrap\">" + escaped(text) + "</div>";
            MailDocument asText = parse(plain, again);
            asText.clean();
            shown = gate.pass(asText.cleaned());
        }
        Page page = document.page();
        return new SanitizedHtml(
                shown,
                text,
                page.title(),
                page.layout(),
                page.direction(),
                page.language(),
                page.dark(),
                report.remote(),
                removed,
                report.links());
    }

    /** HTML that passed the gate, the body it is read as, and whether that is the same each time. */
    private record Read(String html, Element body, boolean stable) {}

    /** Passes cleaned HTML as text, reads what came out and does it all again, until nothing changes. */
    private Read readAgain(String html, Gate gate, CleaningContext again) {
        String cleaned = html;
        String safe = gate.pass(cleaned);
        Element body = new Element("body");
        for (int pass = 1; pass < PASSES; pass++) {
            MailDocument document = parse(safe, again);
            body = document.body();
            if (document.asItIs().equals(cleaned)) {
                // Read anew, it is to the letter what was cleaned: there is nothing to do again.
                return new Read(safe, body, true);
            }
            Element tree = document.clean();
            String written = gate.pass(tree, safe.length());
            if (written != null) {
                // As it would be where somebody gave us what came out: then it is not changed once more.
                return new Read(written, tree, true);
            }
            String next = document.cleaned();
            // The gate says the same of the same.
            String passed = next.equals(cleaned) ? safe : gate.pass(next);
            if (passed.equals(safe)) {
                return new Read(safe, body, true);
            }
            cleaned = next;
            safe = passed;
        }
        return new Read(safe, body, false);
    }

    private MailDocument parse(String html, CleaningContext again) {
        return MailDocument.parse(html, new Report(trackers, again.remote()), again);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
