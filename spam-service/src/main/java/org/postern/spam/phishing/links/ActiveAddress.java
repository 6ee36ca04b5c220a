package org.postern.spam.phishing.links;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.view.Link;
import org.postern.spam.phishing.view.WebAddress;

/** A link holds a page or a program instead of leading to one. */
public final class ActiveAddress implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        boolean active = facts.mail().links().stream().map(Link::target).anyMatch(ActiveAddress::isActive);
        return Detection.when(active, "link-active", Severity.HIGH);
    }

    private static boolean isActive(WebAddress target) {
        return switch (target.scheme()) {
            case "data", "vbscript" ->
                target.path().length() > SHORTEST && !target.path().startsWith("image/");
            case "javascript" -> target.path().length() > SHORTEST;
            default -> false;
        };
    }

    /** "void(0)" does nothing. */
    private static final int SHORTEST = 20;
}
