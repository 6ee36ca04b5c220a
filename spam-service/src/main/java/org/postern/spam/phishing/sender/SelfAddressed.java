package org.postern.spam.phishing.sender;

import java.util.Locale;
import java.util.stream.Stream;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.SenderAuthentication;
import org.postern.events.mail.Severity;
import org.postern.mime.Mailbox;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** The mail says that its reader sent it. */
public final class SelfAddressed implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        Mailbox sender = facts.mail().sender();
        if (sender == null || facts.senderHost().isEmpty()) {
            return Stream.empty();
        }
        String address = (sender.local() + "@" + sender.domain()).toLowerCase(Locale.ROOT);
        SenderAuthentication authentication = facts.circumstances().authentication();
        boolean proven = authentication != null && authentication.dmarc() == AuthenticationResult.PASS;
        return Detection.when(
                !proven && facts.recipients().size() == 1 && facts.recipients().contains(address),
                "self-addressed",
                Severity.LOW);
    }
}
