package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.view.Words;

/** The name of the sender or the subject mixes alphabets so that it passes for other words. */
public final class DisguisedName implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        int disguised = facts.name().disguised()
                + Words.of(facts.mail().subject(), MOST_WORDS).disguised();
        return Detection.when(disguised > 0, "disguised-name", Severity.HIGH);
    }

    private static final int MOST_WORDS = 200;
}
