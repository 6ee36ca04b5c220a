package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.SenderAuthentication;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** The mail says that it comes from the readers' own domain, and the domain says that it does not. */
public final class OwnDomainForged implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        SenderAuthentication authentication = facts.circumstances().authentication();
        if (authentication == null || !facts.isOwn(facts.senderHost())) {
            return Stream.empty();
        }
        boolean refused = isRefused(authentication.dmarc())
                || (authentication.dmarc() != AuthenticationResult.PASS && isRefused(authentication.spf()));
        return Detection.when(refused, "own-domain-forged", Severity.HIGH);
    }

    private static boolean isRefused(AuthenticationResult result) {
        return result == AuthenticationResult.FAIL || result == AuthenticationResult.SOFTFAIL;
    }
}
