package org.postern.spam.phishing.links;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.names.Brand;
import org.postern.spam.phishing.names.Domains;
import org.postern.spam.phishing.view.Link;
import org.postern.spam.phishing.view.WebAddress;

/** The text of a link shows another host than the one it leads to. */
public final class ShownHost implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        return facts.mail()
                .webLinks()
                .filter(link -> link.source() == Link.Source.HTML || link.source() == Link.Source.ATTACHED_PAGE)
                .flatMap(link -> mismatch(facts, link).stream())
                .sorted((one, other) -> other.severity().compareTo(one.severity()))
                .limit(1);
    }

    private static Optional<Detection> mismatch(Facts facts, Link link) {
        String shown = hostIn(link.shown());
        String target = link.target().host();
        if (shown.isEmpty() || Domains.related(shown, target)) {
            return Optional.empty();
        }
        Optional<Brand> brand = facts.tables().brands().ownerOf(shown);
        if (brand.isPresent() && brand.get().owns(target)) {
            return Optional.empty();
        }
        boolean worthImitating = (brand.isPresent() && !facts.isFrom(brand.get())) || facts.isOwn(shown);
        if (!worthImitating) {
            return Optional.of(
                    Detection.of("link-shows-other-host", Severity.LOW, "domain", Domains.organisation(target)));
        }
        // Bulk mail counts clicks, and leads by the counter to what it shows. Frauds have domains that sign too, so a
        // counter of
        // somebody who provably sent the mail is told as well.
        return Optional.of(
                facts.hasSent(target)
                        ? Detection.of(
                                "link-shows-brand-counted", Severity.MEDIUM, "domain", Domains.organisation(target))
                        : Detection.of("link-shows-brand", Severity.HIGH, "domain", Domains.organisation(target)));
    }

    /** The host of a text that is nothing but an address; empty where it is anything else. */
    private static String hostIn(String text) {
        String bare = text.strip().toLowerCase(Locale.ROOT);
        if (bare.isEmpty() || bare.indexOf(' ') >= 0 || bare.indexOf('@') >= 0 || bare.indexOf('.') < 1) {
            return "";
        }
        Optional<WebAddress> address = WebAddress.of(bare.contains("://") ? bare : "https://" + bare);
        String host = address.map(WebAddress::host).orElse("");
        boolean plausible = host.indexOf('.') > 0
                && Domains.topLevel(host).chars().allMatch(Character::isLetter)
                && !Domains.organisation(host).equals(Domains.topLevel(host))
                && Domains.isRegistrable(host);
        return plausible ? host : "";
    }
}
