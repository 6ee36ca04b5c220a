package org.postern.spam.phishing.links;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Domains;
import org.postern.spam.phishing.names.Imitation;

/** A link leads to a host that only looks like that of a brand, or carries its name in front of another domain. */
public final class LookAlikeHost implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        return facts.hosts().stream()
                .filter(host -> !facts.isSenders(host) && !facts.isOwn(host))
                .flatMap(host -> detection(facts, host).stream())
                .limit(1);
    }

    private static Optional<Detection> detection(Facts facts, String host) {
        Optional<Imitation> found = facts.tables().lookAlikes().of(host);
        return found.map(imitation -> new Detection(
                imitation.how().equals("subdomain") ? "link-brand-subdomain" : "link-look-alike",
                Severity.HIGH,
                Map.of("of", imitation.of(), "how", imitation.how(), "domain", Domains.organisation(host))));
    }
}
