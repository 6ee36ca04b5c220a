package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Brand;

/** The name of the sender claims to be a brand whose domain it is not. */
public final class DisplayNameBrand implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        if (facts.senderHost().isEmpty()) {
            return Stream.empty();
        }
        if (!facts.claimed().isEmpty()) {
            return facts.claimed().stream().noneMatch(facts::isFrom) && facts.isOfNoBrand()
                    ? Stream.of(detection(facts, facts.claimed().getFirst()))
                    : Stream.empty();
        }
        return Stream.empty();
    }

    /** Beside other words the name may be one that only mentions the brand: a shop, a club, a magazine. */
    private static Detection detection(Facts facts, Brand brand) {
        long others = facts.name().list().stream()
                .filter(word -> brand.words().stream().noneMatch(name -> (" " + name + " ").contains(" " + word + " ")))
                .count();
        return others <= MOST_OTHER_WORDS
                ? Detection.of("display-name-brand", Severity.HIGH, "brand", brand.name())
                : Detection.of("display-name-mentions-brand", Severity.MEDIUM, "brand", brand.name());
    }

    private static final int MOST_OTHER_WORDS = 3;
}
