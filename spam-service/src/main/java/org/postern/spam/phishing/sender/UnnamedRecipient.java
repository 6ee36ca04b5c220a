package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** The reader is not among those to whom the mail is addressed, or nobody is. */
public final class UnnamedRecipient implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        boolean nobody = facts.mail().to().stream().allMatch(to -> to.domain().isEmpty())
                && !facts.mail().has("cc");
        return Detection.when(nobody && !facts.isBulk(), "recipient-unnamed", Severity.INFO);
    }
}
