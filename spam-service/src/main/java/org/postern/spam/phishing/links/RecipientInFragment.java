package org.postern.spam.phishing.links;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.view.WebAddress;

/** A link carries an address behind its hash, where a page reads it to fill in its form. */
public final class RecipientInFragment implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        boolean carries = facts.targets().stream()
                .anyMatch(target -> !facts.isSenders(target.host()) && isAddress(target.fragment()));
        return Detection.when(carries, "link-recipient-fragment", Severity.MEDIUM);
    }

    private static boolean isAddress(String fragment) {
        if (fragment.length() < SHORTEST || fragment.length() > LONGEST) {
            return false;
        }
        String plain = WebAddress.percentDecoded(fragment);
        return holdsAddress(plain) || holdsAddress(unfolded(plain));
    }

    private static boolean holdsAddress(String text) {
        int at = text.indexOf('@');
        return at > 0 && text.indexOf('.', at) > at + 1;
    }

    private static String unfolded(String text) {
        try {
            String bare = text.replace("=", "");
            return new String(Base64.getDecoder().decode(bare), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static final int SHORTEST = 6;
    private static final int LONGEST = 400;
}
