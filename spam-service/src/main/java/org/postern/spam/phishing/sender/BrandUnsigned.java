package org.postern.spam.phishing.sender;

import java.util.List;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Brand;

/** The sender's domain is that of a brand that signs all its mail, and this one has no signature of it. */
public final class BrandUnsigned implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        if (facts.mail().isConversation()) {
            return Stream.empty();
        }
        return facts
                .senderBrand()
                .filter(brand -> brand.signs() && !facts.isFreemail() && !isSigned(facts, brand))
                .map(brand -> Detection.of("brand-sender-unsigned", Severity.MEDIUM, "brand", brand.name()))
                .stream();
    }

    /** Whether there is a signature that names the brand; whether it holds is another finding. */
    private static boolean isSigned(Facts facts, Brand brand) {
        List<String> signatures = facts.mail().header().getOrDefault("dkim-signature", List.of());
        return signatures.stream().map(BrandUnsigned::domain).anyMatch(brand::owns);
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
