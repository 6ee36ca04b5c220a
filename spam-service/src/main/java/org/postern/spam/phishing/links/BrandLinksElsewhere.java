package org.postern.spam.phishing.links;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** The sender's domain is that of a brand, and no link leads to the brand. */
public final class BrandLinksElsewhere implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        // People of a brand write to lists too: whoever says so has to be of the brand by proof.
        if (facts.hosts().isEmpty() || facts.isFreemail() || (facts.mail().saysConversation() && facts.isProven())) {
            return Stream.empty();
        }
        return facts
                .senderBrand()
                .filter(brand -> facts.hosts().stream().noneMatch(brand::owns))
                .map(brand -> Detection.of("brand-links-elsewhere", Severity.MEDIUM, "brand", brand.name()))
                .stream();
    }
}
