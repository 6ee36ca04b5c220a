package org.postern.spam.phishing.links;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Domains;
import org.postern.spam.phishing.names.MachineMade;
import org.postern.spam.phishing.view.WebAddress;

/** A link leads to a domain that costs next to nothing, or looks as if it had been made up for one mail. */
public final class CheapHost implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        Stream<Detection> cheap = hosts(facts)
                .filter(facts.tables()::isCheap)
                .limit(1)
                .map(host -> Detection.of("link-cheap-domain", Severity.LOW, "domain", Domains.organisation(host)));
        boolean made = hosts(facts).anyMatch(host -> MachineMade.isLikely(Domains.label(host)));
        boolean words = hosts(facts)
                .anyMatch(host -> facts.tables().isServiceName(host)
                        && facts.tables().brands().ownerOf(host).isEmpty());
        return Stream.of(
                        cheap,
                        Detection.when(made, "link-machine-made", Severity.LOW),
                        Detection.when(words, "link-service-words", Severity.LOW))
                .flatMap(found -> found);
    }

    private static Stream<String> hosts(Facts facts) {
        return facts.hosts().stream().filter(host -> !WebAddress.isIpLiteral(host) && !facts.isSenders(host));
    }
}
