package org.postern.spam.phishing.sender;

import java.util.Locale;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.mime.Mailbox;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** The subject or the name of the sender repeats the address of the reader. */
public final class RecipientInSubject implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        Mailbox sender = facts.mail().sender();
        String shown = (facts.mail().subject() + " " + (sender == null ? "" : sender.name())).toLowerCase(Locale.ROOT);
        boolean repeats = facts.recipients().stream().anyMatch(shown::contains);
        return Detection.when(repeats && !facts.isOwn(facts.senderHost()), "recipient-in-subject", Severity.LOW);
    }
}
