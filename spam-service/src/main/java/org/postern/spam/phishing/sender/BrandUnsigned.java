package org.postern.spam.phishing.sender;

import java.util.List;
import java.util.stream.Stream;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.SenderAuthentication;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Brand;

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
                .filter(brand -> brand.signs() && !facts.isFreemail() && !isSigned(facts, brand))
                .map(brand -> Detection.of("brand-sender-unsigned", Severity.MEDIUM, "brand", brand.name()))
                .stream();
    }

    /**
     * Whether a signature of the brand holds, or could not be verified now. Where nobody verified any, one that names the brand
     * is believed; where somebody did, one that does not hold is none: anybody can write it.
     */
    private static boolean isSigned(Facts facts, Brand brand) {
        SenderAuthentication told = facts.circumstances().authentication();
        if (told == null) {
            return facts.mail().header().getOrDefault("dkim-signature", List.of()).stream()
                    .map(BrandUnsigned::domain)
                    .anyMatch(brand::owns);
        }
        return told.dkim().stream()
                .anyMatch(signature -> signature.domain() != null
                        && brand.owns(signature.domain().value())
                        && (signature.result() == AuthenticationResult.PASS
                                || signature.result() == AuthenticationResult.TEMPERROR));
    }

    private static String domain(String signature) {
        for (String tag : signature.split(";", 40)) {
            String bare = tag.strip();
            if (bare.startsWith("d=")) {
                return bare.substring(2).strip().toLowerCase(java.util.Locale.ROOT);
            }
        }
        return "";
    }
}
