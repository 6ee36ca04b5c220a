package org.postern.spam.phishing.content;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** A bill or a warning that asks to be called, with the number, and with hardly a link. */
public final class CallbackNumber implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        boolean lure = facts.saysAny("callback-lure", "payment-problem")
                && facts.targets().size() <= MOST_LINKS;
        return Detection.when(
                lure
                        && facts.believedBrand().isEmpty()
                        && hasNumber(facts.mail().text()),
                "callback-number",
                Severity.MEDIUM);
    }

    /** Ten or more digits with what people write between them. */
    private static boolean hasNumber(String text) {
        int digits = 0;
        int gap = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
                gap = 0;
                if (digits == FEWEST_DIGITS && isSeparated(text, i)) {
                    return true;
                }
            } else if (" -().+\u2013\u00a0".indexOf(c) < 0 || ++gap > 3) {
                digits = 0;
                gap = 0;
            }
        }
        return false;
    }

    /** Numbers of orders have no separators. */
    private static boolean isSeparated(String text, int end) {
        String before = text.substring(Math.max(0, end - 16), end);
        return before.indexOf('-') >= 0
                || before.indexOf('(') >= 0
                || before.indexOf('+') >= 0
                || before.indexOf(' ') >= 0;
    }

    private static final int FEWEST_DIGITS = 10;
    private static final int MOST_LINKS = 2;
}
