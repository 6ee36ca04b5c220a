package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.Acquaintance;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** The sender has not written to the reader's domain before. True of every new customer: it weighs nothing. */
public final class FirstContact implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        Acquaintance acquaintance = facts.circumstances().acquaintance();
        return Detection.when(
                (acquaintance == Acquaintance.FIRST_CONTACT || acquaintance == Acquaintance.NAME_OF_ANOTHER)
                        && !facts.isOwn(facts.senderHost()),
                "first-contact",
                Severity.INFO);
    }
}
