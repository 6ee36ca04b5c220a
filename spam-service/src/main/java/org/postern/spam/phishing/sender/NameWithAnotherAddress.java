package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.Acquaintance;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** The sender is new, and the name is that of somebody who wrote recently from somewhere else. */
public final class NameWithAnotherAddress implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        return Detection.when(
                facts.circumstances().acquaintance() == Acquaintance.NAME_OF_ANOTHER,
                "name-with-another-address",
                Severity.MEDIUM);
    }
}
