package org.postern.spam.phishing.links;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Domains;

/** A link borrows the good name of a site that sends its visitors anywhere. */
public final class OpenRedirector implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        return facts.targets().stream()
                .filter(target -> facts.tables().redirectors().isOpen(target) && !facts.isSenders(target.host()))
                .limit(1)
                .map(target -> Detection.of(
                        "link-redirector", Severity.MEDIUM, "domain", Domains.organisation(target.host())));
    }
}
