package org.postern.spam.phishing.sender;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** The sender's domain is that of a brand that signs all its mail, and this one has no signature of it. */
public final class BrandUnsigned implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        // A forwarder may have taken the signature away; it is believed where it is the readers' own and sealed what it
        // saw.
        if (facts.isProven() || facts.isVouchedFor()) {
            return Stream.empty();
        }
        return facts
                .senderBrand()
                .filter(brand -> brand.signs() && !facts.isFreemail() && !facts.isSignedBy(brand))
                .map(brand -> Detection.of("brand-sender-unsigned", Severity.MEDIUM, "brand", brand.name()))
                .stream();
    }
}
