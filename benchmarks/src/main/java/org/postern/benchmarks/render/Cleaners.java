package org.postern.benchmarks.render;

import java.time.Duration;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.safety.Safelist;
import org.owasp.html.PolicyFactory;
import org.owasp.html.Sanitizers;
import org.postern.render.HtmlSanitizer;
import org.postern.render.RenderingBudget;
import org.postern.render.owasp.OwaspHtmlSanitizer;
import org.postern.render.remote.RemoteImages;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;

/** Ours and its peers, each with what it cleans mails with. */
final class Cleaners {
    private static final HtmlSanitizer OURS = new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own());
    private static final PolicyFactory OWASP = Sanitizers.FORMATTING
            .and(Sanitizers.BLOCKS)
            .and(Sanitizers.TABLES)
            .and(Sanitizers.LINKS)
            .and(Sanitizers.IMAGES)
            .and(Sanitizers.STYLES);
    private static final Safelist JSOUP =
            Safelist.relaxed().addTags("center", "font").addAttributes(":all", "class", "align", "bgcolor");
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private Cleaners() {}

    /** With style blocks, the report and the proof that a second pass changes nothing. */
    static int ours(String html) {
        return OURS.sanitize(html, List.of(), RemoteImages.blocked(), RenderingBudget.of(LONGEST))
                .html()
                .length();
    }

    /** Inline styles alone; style blocks go. */
    static int owasp(String html) {
        return OWASP.sanitize(html).length();
    }

    /** No styles at all. */
    static int jsoup(String html) {
        return Jsoup.clean(html, JSOUP).length();
    }
}
