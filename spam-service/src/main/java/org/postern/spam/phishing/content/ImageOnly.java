package org.postern.spam.phishing.content;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.view.HtmlPage;

/** The mail is a picture that leads somewhere, with hardly a word that could be read by a filter. */
public final class ImageOnly implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        int linked =
                facts.mail().pages().stream().mapToInt(HtmlPage::linkedImages).sum();
        return Detection.when(
                linked > 0 && facts.mail().hasFewerLettersThan(FEWEST_LETTERS), "image-only", Severity.LOW);
    }

    private static final int FEWEST_LETTERS = 120;
}
