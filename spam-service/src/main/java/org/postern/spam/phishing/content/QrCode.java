package org.postern.spam.phishing.content;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Domains;
import org.postern.spam.phishing.view.Link;

/** A picture is a QR code that leads to a page. */
public final class QrCode implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        return facts.mail()
                .webLinks()
                .filter(link -> link.source() == Link.Source.QR_CODE)
                .limit(1)
                .map(link -> Detection.of(
                        "qr-code-link",
                        Severity.MEDIUM,
                        "domain",
                        Domains.organisation(link.target().host())));
    }
}
