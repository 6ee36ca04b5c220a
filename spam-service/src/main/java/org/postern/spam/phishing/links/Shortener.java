package org.postern.spam.phishing.links;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** A link hides where it leads until it is followed. */
public final class Shortener implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        return facts.hosts().stream()
                .filter(host -> facts.tables().isShortener(host) && !facts.isSenders(host))
                .limit(1)
                .map(host -> Detection.of("link-shortener", Severity.LOW, "host", host));
    }
}
