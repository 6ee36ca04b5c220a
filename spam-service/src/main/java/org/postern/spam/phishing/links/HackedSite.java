package org.postern.spam.phishing.links;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Domains;
import org.postern.spam.phishing.view.WebAddress;

/** A link leads into the machinery of a site, where its owner puts no pages. */
public final class HackedSite implements Check {
    private static final List<String> MACHINERY = List.of(
            "/wp-content/",
            "/wp-includes/",
            "/wp-admin/",
            "/.well-known/",
            "/cgi-bin/",
            "/administrator/",
            "/components/com_");
    private static final List<String> FILES = List.of(
            ".png", ".jpg", ".jpeg", ".gif", ".pdf", ".webp", ".mp3", ".mp4", ".css", ".js", ".zip", ".docx", ".ics",
            ".svg", ".xlsx", ".doc");

    @Override
    public Stream<Detection> look(Facts facts) {
        return facts.targets().stream()
                .filter(target -> !facts.isSenders(target.host()) && isPage(target))
                .limit(1)
                .map(target -> Detection.of(
                        "link-hacked-site", Severity.MEDIUM, "domain", Domains.organisation(target.host())));
    }

    private static boolean isPage(WebAddress target) {
        String path = target.path().toLowerCase(Locale.ROOT);
        return MACHINERY.stream().anyMatch(path::contains) && FILES.stream().noneMatch(path::endsWith);
    }
}
