package org.postern.render.kafka;

import com.google.common.net.InternetDomainName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.MailRendered;
import org.postern.events.mail.RemoteDomain;
import org.postern.render.remote.RemoteReference;

/**
 * Sums the references of a mail up by the domains they lead to. The name of a host may be made for one reader; a domain has to
 * be registered, so what is told is the domain under a suffix of a registry, also where somebody gives names away under it.
 */
final class RemoteDomains {
    private static final Comparator<RemoteDomain> MOST_FIRST =
            Comparator.comparingInt(RemoteDomain::blocked).reversed().thenComparing(RemoteDomain::name);

    private RemoteDomains() {}

    /** Those with most references, in their order. What is shown through our proxy does not count. */
    static List<RemoteDomain> of(List<RemoteReference> references) {
        Map<String, RemoteDomain> domains = new TreeMap<>();
        for (RemoteReference reference : references) {
            String name = reference.isProxied() ? null : domain(reference.host());
            if (name != null) {
                int trackers = reference.tracker() ? reference.count() : 0;
                domains.merge(name, new RemoteDomain(name, reference.count(), trackers), RemoteDomains::sum);
            }
        }
        List<RemoteDomain> sorted = new ArrayList<>(domains.values());
        sorted.sort(MOST_FIRST);
        return List.copyOf(sorted.subList(0, Math.min(MailRendered.MOST_DOMAINS, sorted.size())));
    }

    private static RemoteDomain sum(RemoteDomain one, RemoteDomain other) {
        return new RemoteDomain(one.name(), one.blocked() + other.blocked(), one.trackers() + other.trackers());
    }

    /** The domain of a host; null where it is none that somebody can register. */
    private static @Nullable String domain(String host) {
        try {
            InternetDomainName name = InternetDomainName.from(host);
            return name.isUnderRegistrySuffix()
                    ? name.topDomainUnderRegistrySuffix().toString()
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
