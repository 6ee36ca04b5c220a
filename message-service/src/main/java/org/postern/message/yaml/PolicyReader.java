package org.postern.message.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.Reason;
import org.postern.message.policy.Aspect;
import org.postern.message.policy.Check;
import org.postern.message.policy.Condition;
import org.postern.message.policy.Decision;
import org.postern.message.policy.DomainRules;
import org.postern.message.policy.InvalidPolicyException;
import org.postern.message.policy.Policy;
import org.postern.message.policy.PolicyRule;

/** Reads a policy from YAML. It is strict: a key that is not known is more likely a typing error than a wish. */
public final class PolicyReader {
    private static final Pattern CODE = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
    private static final Set<String> CONDITIONS =
            Arrays.stream(Aspect.values()).map(Aspect::key).collect(Collectors.toSet());
    private static final Decision MISSING = new Decision(
            Disposition.DEFER,
            new Reason("check-missing", "A check that the policy requires has no result for this message."));

    private PolicyReader() {}

    /** @throws InvalidPolicyException where it is not a policy; the message names the place, with line and column */
    public static Policy read(String yaml) {
        YamlNode root = YamlNode.of(yaml);
        Map<String, YamlNode> found = root.mapping(Set.of("version", "required", "when-missing", "domains", "rules"));
        YamlNode version = YamlNode.required(found, "version", root);
        if (!version.scalar().equals("1")) {
            throw version.wrong("must be 1");
        }
        YamlNode rules = YamlNode.required(found, "rules", root);
        YamlNode domains = found.get("domains");
        YamlNode required = found.get("required");
        YamlNode missing = found.get("when-missing");
        Decision whenMissing = missing == null ? MISSING : decision(missing);
        if (missing != null && whenMissing.letsThrough()) {
            throw missing.wrong(
                    "must hold the message; leave the check out of required where its absence shall not matter");
        }
        Set<String> names = new HashSet<>();
        return new Policy(
                required == null ? EnumSet.allOf(Check.class) : checks(required),
                whenMissing,
                domains == null
                        ? List.of()
                        : domains.list().stream()
                                .map(item -> domain(item, names))
                                .toList(),
                decisive(rules, rules(rules, names)));
    }

    private static Set<Check> checks(YamlNode node) {
        return node.list().stream()
                .map(item -> word(item, Check.values(), Check::word))
                .collect(Collectors.toSet());
    }

    private static DomainRules domain(YamlNode node, Set<String> names) {
        Map<String, YamlNode> found = node.mapping(Set.of("for", "rules"));
        Set<String> domains = YamlNode.required(found, "for", node).oneOrMore().stream()
                .map(PolicyWords::domain)
                .collect(Collectors.toSet());
        return new DomainRules(domains, rules(YamlNode.required(found, "rules", node), names));
    }

    private static List<PolicyRule> decisive(YamlNode node, List<PolicyRule> rules) {
        if (rules.isEmpty()) {
            throw node.wrong("there must be one rule at least");
        }
        if (!rules.getLast().when().equals(Condition.ALWAYS)) {
            throw node.list().getLast().wrong("the last rule must have no condition, so that every message is decided");
        }
        return rules;
    }

    // What is said about names, the last rule and missing checks is said by the policy as well, which knows no lines.
    private static List<PolicyRule> rules(YamlNode node, Set<String> names) {
        List<PolicyRule> rules = new ArrayList<>();
        List<YamlNode> items = node.list();
        for (YamlNode item : items) {
            PolicyRule rule = rule(item);
            if (!names.add(rule.name())) {
                throw item.wrong("'" + rule.name() + "' is used twice");
            }
            if (rules.size() < items.size() - 1 && rule.when().equals(Condition.ALWAYS)) {
                throw item.wrong("without a condition it hides the rules after it");
            }
            rules.add(rule);
        }
        return rules;
    }

    private static PolicyRule rule(YamlNode node) {
        Map<String, YamlNode> found = node.mapping(Set.of("name", "when", "then"));
        String name = YamlNode.required(found, "name", node).text();
        YamlNode when = found.get("when");
        return new PolicyRule(
                name,
                when == null ? Condition.ALWAYS : condition(when),
                decision(YamlNode.required(found, "then", node)));
    }

    private static Decision decision(YamlNode node) {
        Map<String, YamlNode> found = node.mapping(Set.of("disposition", "reason", "text"));
        Disposition disposition =
                word(YamlNode.required(found, "disposition", node), Disposition.values(), Disposition::word);
        YamlNode reason = YamlNode.required(found, "reason", node);
        String code = reason.text();
        if (!CODE.matcher(code).matches()) {
            throw reason.wrong("must be in kebab-case");
        }
        return new Decision(
                disposition,
                new Reason(code, YamlNode.required(found, "text", node).text()));
    }

    private static Condition condition(YamlNode node) {
        Map<String, YamlNode> found = node.mapping(CONDITIONS);
        Map<Aspect, Set<String>> parts = new EnumMap<>(Aspect.class);
        for (Aspect aspect : Aspect.values()) {
            YamlNode part = found.get(aspect.key());
            if (part != null) {
                parts.put(
                        aspect,
                        part.oneOrMore().stream()
                                .map(item -> PolicyWords.read(aspect, item))
                                .collect(Collectors.toSet()));
            }
        }
        if (parts.isEmpty()) {
            throw node.wrong("says nothing; leave it out where the rule shall always match");
        }
        return new Condition(parts);
    }

    static <E extends Enum<E>> E word(YamlNode node, E[] values, Function<E, String> word) {
        String text = node.text();
        List<String> known = new ArrayList<>();
        for (E value : values) {
            if (word.apply(value).equals(text)) {
                return value;
            }
            known.add(word.apply(value));
        }
        throw node.wrong("'" + text + "' is none of " + String.join(", ", known));
    }
}
