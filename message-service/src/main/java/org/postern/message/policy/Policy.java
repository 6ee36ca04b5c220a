package org.postern.message.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postern.events.MailAddress;

/**
 * Ordered rules, of which the first that matches decides for a recipient. One thing no rule can do by accident: a message
 * without a definite scan and assessment is let through only by a rule that names {@code inconclusive}.
 */
public record Policy(List<PolicyRule> rules) {
    public Policy {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new InvalidPolicyException("rules: there must be one rule at least");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            PolicyRule rule = rules.get(i);
            if (!names.add(rule.name())) {
                throw new InvalidPolicyException("rules[" + i + "].name: '" + rule.name() + "' is used twice");
            }
            boolean last = i == rules.size() - 1;
            if (rule.when().equals(Condition.ALWAYS) != last) {
                throw new InvalidPolicyException(
                        last
                                ? "rules[" + i
                                        + "]: the last rule must have no condition, so that every message is decided"
                                : "rules[" + i + "]: without a condition it hides the rules after it");
            }
        }
    }

    /** What is to be done for a recipient of a message with these facts. */
    public Decision decide(Facts facts, MailAddress recipient) {
        return rules.stream()
                .filter(rule -> rule.when().matches(facts, recipient))
                .filter(rule -> !rule.then().letsThrough() || rule.when().accepts(facts))
                .findFirst()
                .map(PolicyRule::then)
                .orElse(Decision.UNDECIDED);
    }
}
