package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.mime.Mailbox;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Domains;

/** Answers go to somebody else than the sender. */
public final class ReplyElsewhere implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        if (facts.senderHost().isEmpty() || facts.mail().replyTo().isEmpty()) {
            return Stream.empty();
        }
        Mailbox reply = facts.mail().replyTo().getFirst();
        Mailbox sender = facts.mail().sender();
        String host = Facts.hostOf(reply);
        if (host.isEmpty() || sender == null) {
            return Stream.empty();
        }
        boolean sameMailbox = reply.local().equalsIgnoreCase(sender.local()) && host.equals(facts.senderHost());
        if (facts.tables().isFreemail(host) && !sameMailbox) {
            return Stream.of(Detection.of("reply-to-freemail", Severity.MEDIUM, "domain", Domains.organisation(host)));
        }
        // Lists send answers to themselves.
        return facts.isSenders(host) || facts.mail().saysConversation()
                ? Stream.empty()
                : Stream.of(Detection.of("reply-to-elsewhere", Severity.LOW, "domain", Domains.organisation(host)));
    }
}
