package org.postern.spam.phishing.links;

import java.util.List;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Domains;

/** All links lead to one place, which is not the sender's. */
public final class SingleDestination implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        List<String> organisations = facts.hosts().stream()
                .map(Domains::organisation)
                .distinct()
                .limit(2)
                .toList();
        boolean single = organisations.size() == 1
                && !organisations.getFirst().equals(facts.senderOrganisation())
                && !facts.isOwn(organisations.getFirst())
                && facts.tables().brands().ownerOf(organisations.getFirst()).isEmpty()
                && !facts.isBulk()
                && !facts.mail().saysConversation();
        return Detection.when(single, "link-elsewhere", Severity.INFO);
    }
}
