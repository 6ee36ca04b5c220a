package org.postern.spam.phishing.content;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** The mail says what is said to make people click, pay or call; one finding for each family of phrases. */
public final class Lures implements Check {
    private static final Set<String> GRAVE =
            Set.of("extortion", "advance-fee", "account-threat", "payment-change", "gift-card");
    /** How people in a conversation write too; all that a header which the sender wrote can mute. */
    private static final Set<String> STYLE = Set.of("hurry", "generic-greeting");
    /** Told only together with what they are about. */
    private static final Set<String> ELSEWHERE = Set.of("archive-password");

    @Override
    public Stream<Detection> look(Facts facts) {
        boolean soft = facts.mail().saysConversation();
        return facts.lures().stream()
                .filter(family -> !ELSEWHERE.contains(family) && !(soft && STYLE.contains(family)))
                .sorted()
                .map(family ->
                        new Detection(family, GRAVE.contains(family) ? Severity.MEDIUM : Severity.LOW, Map.of()));
    }
}
