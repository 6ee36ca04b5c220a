package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.view.Words;

/** The subject names a brand, and the mail is not from it. */
public final class BrandInSubject implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        if (facts.believedBrand().isPresent() || !facts.claimed().isEmpty()) {
            return Stream.empty();
        }
        return facts.tables().brands().namedIn(Words.of(facts.mail().subject(), MOST_WORDS)).stream()
                .filter(brand -> !facts.isFrom(brand))
                .limit(1)
                .map(brand -> Detection.of("subject-names-brand", Severity.LOW, "brand", brand.name()));
    }

    private static final int MOST_WORDS = 200;
}
