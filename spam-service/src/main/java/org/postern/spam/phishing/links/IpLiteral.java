package org.postern.spam.phishing.links;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.view.WebAddress;

/** A link leads to a number instead of a name. */
public final class IpLiteral implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        boolean number = facts.hosts().stream().anyMatch(host -> WebAddress.isIpLiteral(host) && !isPrivate(host));
        return Detection.when(number, "link-ip", Severity.HIGH);
    }

    private static boolean isPrivate(String host) {
        return host.startsWith("10.") || host.startsWith("192.168.") || host.startsWith("127.") || host.startsWith("[");
    }
}
