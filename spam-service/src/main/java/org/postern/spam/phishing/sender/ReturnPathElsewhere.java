package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Domains;
import org.postern.spam.phishing.view.WebAddress;

/** Failures to deliver are told to another organisation than the sender's. */
public final class ReturnPathElsewhere implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        String path = facts.mail().field("return-path");
        int at = path.lastIndexOf('@');
        if (at < 0 || facts.senderHost().isEmpty()) {
            return Stream.empty();
        }
        String domain = path.substring(at + 1).replace(">", "").strip();
        String host = WebAddress.of("https://" + domain).map(WebAddress::host).orElse("");
        return host.isEmpty() || facts.isSenders(host)
                ? Stream.empty()
                : Stream.of(Detection.of("return-path-elsewhere", Severity.INFO, "domain", Domains.organisation(host)));
    }
}
