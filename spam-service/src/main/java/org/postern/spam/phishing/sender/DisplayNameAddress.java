package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.mime.Mailbox;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Domains;
import org.postern.spam.phishing.view.WebAddress;

/** The name of the sender shows an address of another domain than the one it was sent from. */
public final class DisplayNameAddress implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        Mailbox sender = facts.mail().sender();
        if (sender == null || facts.senderHost().isEmpty()) {
            return Stream.empty();
        }
        String shown = hostIn(sender.name());
        boolean elsewhere = !shown.isEmpty() && shown.indexOf('.') > 0 && !facts.isSenders(shown);
        return elsewhere
                ? Stream.of(Detection.of("display-name-address", Severity.HIGH, "domain", Domains.organisation(shown)))
                : Stream.empty();
    }

    /** The domain behind an at sign, as far as it is one. */
    private static String hostIn(String name) {
        int at = name.indexOf('@');
        if (at < 1) {
            return "";
        }
        int end = at + 1;
        while (end < name.length()
                && (Character.isLetterOrDigit(name.charAt(end)) || ".-".indexOf(name.charAt(end)) >= 0)) {
            end++;
        }
        return WebAddress.of("https://" + name.substring(at + 1, end))
                .map(WebAddress::host)
                .orElse("");
    }
}
