package org.postern.spam.phishing.links;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.view.WebAddress;

/** A link leads to a place where anybody puts a page in a minute. */
public final class FreeHost implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        return facts.targets().stream()
                .filter(target ->
                        facts.tables().isFreeHost(target) && !facts.isSenders(target.host()) && !isFile(target))
                .limit(1)
                .map(target -> Detection.of("link-free-host", Severity.MEDIUM, "host", service(facts, target.host())));
    }

    /** The service, without the name that somebody chose on it. */
    private static String service(Facts facts, String host) {
        String rest = host;
        while (rest.indexOf('.') > 0 && !facts.tables().freeHosts().contains(rest)) {
            rest = rest.substring(rest.indexOf('.') + 1);
        }
        return rest;
    }

    private static boolean isFile(WebAddress target) {
        String path = target.path().toLowerCase(java.util.Locale.ROOT);
        return Stream.of(".png", ".jpg", ".jpeg", ".gif", ".css", ".ics", ".svg")
                .anyMatch(path::endsWith);
    }
}
