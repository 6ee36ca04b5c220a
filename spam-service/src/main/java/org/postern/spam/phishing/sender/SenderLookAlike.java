package org.postern.spam.phishing.sender;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Imitation;
import org.postern.spam.phishing.names.LookAlikes;

/** The domain of the sender only looks like that of a brand, or like one of the readers' own. */
public final class SenderLookAlike implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        String host = facts.senderHost();
        if (host.isEmpty() || facts.isOwn(host)) {
            return Stream.empty();
        }
        Optional<Imitation> own = facts.ownOrganisations().stream()
                .flatMap(domain -> LookAlikes.ofOwn(host, domain).stream())
                .findFirst();
        return own.or(() -> facts.tables().lookAlikes().of(host)).stream()
                .map(found -> new Detection(
                        "look-alike-sender", Severity.HIGH, Map.of("of", found.of(), "how", found.how())));
    }
}
