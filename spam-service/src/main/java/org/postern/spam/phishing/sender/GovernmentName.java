package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Domains;
import org.postern.spam.phishing.names.GovernmentNames;

/** The sender, or a page that is linked to, is named like a government and has a domain that anybody can buy. */
public final class GovernmentName implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        return Stream.concat(Stream.of(facts.senderHost()), facts.hosts().stream())
                .filter(host -> !host.isEmpty() && !facts.isOwn(host))
                .filter(host -> facts.tables().brands().ownerOf(host).isEmpty() && GovernmentNames.isImitated(host))
                .limit(1)
                .map(host -> Detection.of("government-name", Severity.MEDIUM, "domain", Domains.organisation(host)));
    }
}
