package org.postern.spam.phishing.content;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.view.HtmlPage;

/** Most of the text is written so that no reader sees it. */
public final class HiddenText implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        int hidden = facts.mail().pages().stream().mapToInt(HtmlPage::hidden).sum();
        // More than two hidden letters for each that is shown.
        return Detection.when(
                hidden > FEWEST && facts.mail().hasFewerLettersThan((hidden + 1) / 2), "hidden-text", Severity.LOW);
    }

    private static final int FEWEST = 600;
}
