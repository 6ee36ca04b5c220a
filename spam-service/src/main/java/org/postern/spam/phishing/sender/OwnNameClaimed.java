package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.mime.Mailbox;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Domains;

/** The sender bears the name of the readers' organisation and writes from elsewhere. */
public final class OwnNameClaimed implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        Mailbox sender = facts.mail().sender();
        if (sender == null || facts.senderHost().isEmpty() || facts.isOwn(facts.senderHost())) {
            return Stream.empty();
        }
        boolean claims = facts.ownOrganisations().stream()
                .anyMatch(domain -> facts.name().list().contains(Domains.label(domain))
                        && Domains.label(domain).length() >= 4);
        return Detection.when(claims, "own-name-claimed", Severity.MEDIUM);
    }
}
