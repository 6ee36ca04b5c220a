package org.postern.spam.phishing.links;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** A link leads to a host in letters that a reader may take for others. */
public final class Punycode implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        boolean coded = facts.hosts().stream().anyMatch(host -> host.contains("xn--") && !facts.isSenders(host));
        return Detection.when(coded, "link-punycode", Severity.LOW);
    }
}
