package org.postern.spam.phishing.links;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** A link writes another name in front of its real host. */
public final class UserInfo implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        boolean misleads =
                facts.targets().stream().anyMatch(target -> target.userInfo().indexOf('.') >= 0);
        return Detection.when(misleads, "link-userinfo", Severity.HIGH);
    }
}
