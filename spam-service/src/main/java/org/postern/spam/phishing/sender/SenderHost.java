package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Domains;
import org.postern.spam.phishing.names.MachineMade;

/** The sender's domain is one that anybody gets for nothing, or looks as if it had been made up for one mail. */
public final class SenderHost implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        String host = facts.senderHost();
        if (host.isEmpty()) {
            return Stream.empty();
        }
        boolean rented = facts.tables().isFreeHost(host) || Domains.isWithin(host, "onmicrosoft.com");
        return Stream.of(
                        Detection.when(rented, "sender-host-for-rent", Severity.MEDIUM),
                        Detection.when(facts.tables().isCheap(host), "sender-cheap-domain", Severity.LOW),
                        Detection.when(MachineMade.isLikely(Domains.label(host)), "sender-machine-made", Severity.LOW),
                        Detection.when(
                                facts.senderBrand().isEmpty() && facts.tables().isServiceName(host),
                                "sender-service-words",
                                Severity.LOW))
                .flatMap(found -> found);
    }
}
