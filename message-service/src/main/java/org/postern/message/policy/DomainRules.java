package org.postern.message.policy;

import java.util.List;
import java.util.Set;
import org.postern.events.MailAddress;

/**
 * Rules for the recipients of some domains, which come before the rules for all.
 *
 * @param domains in lower case; {@code *.example.com} for those below one
 */
public record DomainRules(Set<String> domains, List<PolicyRule> rules) {
    public DomainRules {
        domains = Set.copyOf(domains);
        rules = List.copyOf(rules);
    }

    boolean areFor(MailAddress recipient) {
        return domains.stream().anyMatch(domain -> Aspect.RECIPIENT_DOMAIN.meets(domain, recipient.domain()));
    }
}
