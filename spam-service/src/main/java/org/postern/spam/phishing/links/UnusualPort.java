package org.postern.spam.phishing.links;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** A link leads to a port where pages for everybody are not. */
public final class UnusualPort implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        boolean unusual = facts.targets().stream()
                .anyMatch(target -> target.port() > 0
                        && !facts.isSenders(target.host())
                        && !facts.mail().saysConversation());
        return Detection.when(unusual, "link-port", Severity.LOW);
    }
}
