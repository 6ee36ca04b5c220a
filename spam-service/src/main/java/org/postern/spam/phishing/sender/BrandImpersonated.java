package org.postern.spam.phishing.sender;

import java.util.List;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Brand;

/** The text speaks for a brand about an account or a payment, and neither sender nor links are of the brand. */
public final class BrandImpersonated implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        boolean asks = facts.saysAny(
                "account-threat",
                "credential-request",
                "mailbox-threat",
                "payment-problem",
                "delivery-fee",
                "refund-lure",
                "prize-lure",
                "crypto-lure",
                "callback-lure");
        if (!asks || facts.believedBrand().isPresent()) {
            return Stream.empty();
        }
        List<Brand> named = facts.tables().brands().namedIn(facts.mail().words());
        return named.stream()
                .filter(brand -> facts.hosts().stream().noneMatch(brand::owns))
                .limit(1)
                .map(brand -> Detection.of("brand-impersonated", Severity.MEDIUM, "brand", brand.name()));
    }
}
