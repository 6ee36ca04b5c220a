package org.postern.message.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postern.events.MailAddress;

/**
 * Ordered rules, of which the first that matches decides for a recipient; those for the recipient's domain come first. One
 * thing no rule can do by accident: a message that a required check has no result for is let through only by a rule that
 * names {@code inconclusive}.
 *
 * @param required the checks without whose result nothing is let through by accident
 * @param whenMissing what is done where a required check has no result and no rule decides
 */
public record Policy(Set<Check> required, Decision whenMissing, List<DomainRules> domains, List<PolicyRule> rules) {
    /** Rules for all, with every check required. */
    public Policy(List<PolicyRule> rules) {
        this(EnumSet.allOf(Check.class), Decision.UNDECIDED, List.of(), rules);
    }

    public Policy {
        required = Set.copyOf(required);
        domains = List.copyOf(domains);
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new InvalidPolicyException("rules: there must be one rule at least");
        }
        if (whenMissing.letsThrough()) {
            throw new InvalidPolicyException("when-missing: must hold the message; leave the check out of required"
                    + " where its absence shall not matter");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < domains.size(); i++) {
            check(names, domains.get(i).rules(), "domains[" + i + "].rules");
        }
        check(names, rules, "rules");
        if (!rules.getLast().when().equals(Condition.ALWAYS)) {
            throw new InvalidPolicyException("rules[" + (rules.size() - 1)
                    + "]: the last rule must have no condition, so that every message is decided");
        }
    }

    private static void check(Set<String> names, List<PolicyRule> rules, String place) {
        for (int i = 0; i < rules.size(); i++) {
            PolicyRule rule = rules.get(i);
            if (!names.add(rule.name())) {
                throw new InvalidPolicyException(place + "[" + i + "].name: '" + rule.name() + "' is used twice");
            }
            if (i < rules.size() - 1 && rule.when().equals(Condition.ALWAYS)) {
                throw new InvalidPolicyException(
                        place + "[" + i + "]: without a condition it hides the rules after it");
            }
        }
    }

    /** What is to be done for a recipient of a message with these facts. */
    public Decision decide(Facts facts, MailAddress recipient) {
        Set<Check> missing = missing(facts);
        for (PolicyRule rule : rulesFor(recipient).toList()) {
            if (!rule.when().matches(facts, recipient)) {
                note(missing, rule, facts, recipient);
            } else if (mayDecide(rule, missing)) {
                return rule.then().by(rule.name());
            }
        }
        return whenMissing;
    }

    /** How each rule fared, up to the one that decides. */
    public List<Trial> explain(Facts facts, MailAddress recipient) {
        Set<Check> missing = missing(facts);
        List<Trial> trials = new ArrayList<>();
        for (PolicyRule rule : rulesFor(recipient).toList()) {
            Optional<Condition.Miss> miss = rule.when().missed(facts, recipient);
            boolean decides = miss.isEmpty() && mayDecide(rule, missing);
            trials.add(miss.map(missed -> new Trial(
                            rule.name(),
                            false,
                            missed.aspect().key(),
                            missed.wanted().stream().sorted().toList(),
                            missed.found().stream().sorted().toList(),
                            false))
                    .orElseGet(() -> new Trial(rule.name(), true, null, List.of(), List.of(), !decides)));
            if (decides) {
                break;
            }
            note(missing, rule, facts, recipient);
        }
        return trials;
    }

    private Set<Check> missing(Facts facts) {
        Set<Check> missing = EnumSet.noneOf(Check.class);
        required.stream().filter(check -> !facts.has(check)).forEach(missing::add);
        return missing;
    }

    /**
     * A rule that holds back what has an attachment, and of which nobody can say whether it matches, is as good as a scan
     * that did not come to a result: no rule after it lets the message through by accident.
     */
    private void note(Set<Check> missing, PolicyRule rule, Facts facts, MailAddress recipient) {
        if (required.contains(Check.SCAN)
                && !rule.then().letsThrough()
                && rule.when().mayHold(facts, recipient)) {
            missing.add(Check.SCAN);
        }
    }

    /** Whether all is there that a judgement needs to last. */
    public boolean settles(Facts facts) {
        return required.stream().allMatch(facts::has);
    }

    private static boolean mayDecide(PolicyRule rule, Set<Check> missing) {
        return !rule.then().letsThrough() || rule.when().accepts(missing);
    }

    private Stream<PolicyRule> rulesFor(MailAddress recipient) {
        return Stream.concat(
                domains.stream()
                        .filter(section -> section.areFor(recipient))
                        .flatMap(section -> section.rules().stream()),
                rules.stream());
    }
}
