package org.postern.spam.phishing.links;

import java.util.Locale;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Brand;
import org.postern.spam.phishing.view.WebAddress;

/** A link carries the address of a brand in its path, on a host that is not the brand's. */
public final class BrandInPath implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        return facts.targets().stream()
                .filter(target -> !facts.isSenders(target.host())
                        && facts.tables().brands().ownerOf(target.host()).isEmpty())
                .flatMap(target -> named(facts, target))
                .limit(1)
                .map(brand -> Detection.of("link-brand-in-path", Severity.MEDIUM, "brand", brand.name()));
    }

    private static Stream<Brand> named(Facts facts, WebAddress target) {
        String path = WebAddress.percentDecoded(target.path()).toLowerCase(Locale.ROOT);
        // Every domain has a dot, and few paths have one.
        if (path.length() < 6 || path.indexOf('.') < 0 || path.contains("http")) {
            return Stream.empty();
        }
        return facts.tables().brands().all().stream().filter(brand -> brand.domains().stream()
                .limit(3)
                .anyMatch(domain -> domain.length() > 5 && holds(path, domain)));
    }

    private static boolean holds(String path, String domain) {
        int at = path.indexOf(domain);
        return at > 0
                && "/.-_".indexOf(path.charAt(at - 1)) >= 0
                && (at + domain.length() == path.length() || "/-_?".indexOf(path.charAt(at + domain.length())) >= 0);
    }
}
