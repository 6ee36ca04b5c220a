package org.postern.spam.phishing.sender;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.mime.Mailbox;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Circumstances.Colleague;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.view.Words;

/** The name of the sender is that of a colleague, and the address is not. */
public final class DisplayNameColleague implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        Mailbox sender = facts.mail().sender();
        if (sender == null || facts.name().list().isEmpty()) {
            return Stream.empty();
        }
        String address = (sender.local() + "@" + sender.domain()).toLowerCase(Locale.ROOT);
        boolean imitates = facts.circumstances().colleagues().stream()
                .anyMatch(colleague ->
                        isNamed(facts, colleague) && !colleague.addresses().contains(address));
        return Detection.when(imitates, "display-name-colleague", Severity.HIGH);
    }

    /** The same words in any order: "Doe, Jane" is Jane Doe. */
    private static boolean isNamed(Facts facts, Colleague colleague) {
        Set<String> name = new HashSet<>(Words.of(colleague.name(), MOST_WORDS).list());
        return name.size() > 1 && facts.name().list().containsAll(name);
    }

    private static final int MOST_WORDS = 10;
}
