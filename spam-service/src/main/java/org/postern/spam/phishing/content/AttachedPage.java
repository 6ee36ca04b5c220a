package org.postern.spam.phishing.content;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.view.HtmlPage;

/** A page is attached, which opens in the browser beside all that protects the mail. */
public final class AttachedPage implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        boolean any = !facts.mail().attachedPages().isEmpty();
        boolean folded = facts.mail().attachedPages().stream().anyMatch(HtmlPage::unfolding);
        boolean scripted = facts.mail().attachedPages().stream().anyMatch(HtmlPage::scripted);
        return Stream.of(
                        Detection.when(any && !scripted, "attached-page", Severity.LOW),
                        Detection.when(scripted && !folded, "attached-page-scripted", Severity.MEDIUM),
                        Detection.when(folded, "attached-page-unfolding", Severity.HIGH))
                .flatMap(found -> found);
    }
}
