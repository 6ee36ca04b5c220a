package org.postern.spam.phishing.content;

import java.util.List;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.view.Form;
import org.postern.spam.phishing.view.HtmlPage;

/** The mail itself, or a page attached to it, asks for a password. */
public final class CredentialForm implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        boolean inMail = asks(facts.mail().pages());
        boolean attached = asks(facts.mail().attachedPages());
        boolean form = facts.mail().pages().stream()
                .flatMap(page -> page.forms().stream())
                .anyMatch(f -> f.fields() > 0);
        return Stream.of(
                        Detection.when(inMail || attached, "credential-form", Severity.HIGH),
                        Detection.when(form && !inMail, "form-in-mail", Severity.LOW))
                .flatMap(found -> found);
    }

    private static boolean asks(List<HtmlPage> pages) {
        return pages.stream().flatMap(page -> page.forms().stream()).anyMatch(Form::password);
    }
}
