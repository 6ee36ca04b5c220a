package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** The mail is built in a way that programs read differently. */
public final class Malformed implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        return facts.mail().defects().isEmpty()
                ? Stream.empty()
                : Stream.of(Detection.of(
                        "malformed",
                        Severity.MEDIUM,
                        "defects",
                        String.join(" ", facts.mail().defects())));
    }
}
