package org.postern.message.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.events.DomainName;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.Reason;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.UnscannableReason;
import org.postern.message.policy.Condition;
import org.postern.message.policy.Decision;
import org.postern.message.policy.InvalidPolicyException;
import org.postern.message.policy.Policy;
import org.postern.message.policy.PolicyRule;

/** Reads a policy from YAML. It is strict: a key that is not known is more likely a typing error than a wish. */
public final class PolicyReader {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final Pattern CODE = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
    private static final Set<String> CONDITIONS = Set.of(
            "scan", "unscannable", "class", "finding", "dmarc", "dmarc-policy", "score-at-least", "recipient-domain");

    private PolicyReader() {}

    /** @throws InvalidPolicyException where it is not a policy; the message names the place */
    public static Policy read(String yaml) {
        JsonNode root;
        try {
            root = YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new InvalidPolicyException("not readable as YAML: " + e.getMessage());
        }
        checkKeys(root, "policy", Set.of("version", "rules"));
        if (root.path("version").asInt() != 1) {
            throw new InvalidPolicyException("version: must be 1");
        }
        if (!root.path("rules").isArray()) {
            throw new InvalidPolicyException("rules: must be a list");
        }
        List<PolicyRule> rules = new ArrayList<>();
        for (JsonNode rule : root.path("rules")) {
            rules.add(rule(rule, "rules[" + rules.size() + "]"));
        }
        return new Policy(rules);
    }

    private static PolicyRule rule(JsonNode node, String place) {
        checkKeys(node, place, Set.of("name", "when", "then"));
        String name = text(node, "name", place);
        Condition when = node.has("when") ? condition(node.path("when"), place + ".when") : Condition.ALWAYS;
        JsonNode then = node.path("then");
        String thenPlace = place + ".then";
        checkKeys(then, thenPlace, Set.of("disposition", "reason", "text"));
        Disposition disposition = word(
                text(then, "disposition", thenPlace),
                thenPlace + ".disposition",
                Disposition.values(),
                Disposition::word);
        String code = text(then, "reason", thenPlace);
        if (!CODE.matcher(code).matches()) {
            throw new InvalidPolicyException(thenPlace + ".reason: must be in kebab-case");
        }
        return new PolicyRule(name, when, new Decision(disposition, new Reason(code, text(then, "text", thenPlace))));
    }

    private static Condition condition(JsonNode node, String place) {
        checkKeys(node, place, CONDITIONS);
        Condition condition = new Condition(
                words(node, "scan", place, ScanVerdict.values(), ScanVerdict::word),
                words(node, "unscannable", place, UnscannableReason.values(), UnscannableReason::word),
                words(node, "class", place, MailClass.values(), MailClass::word),
                texts(node, "finding", place),
                words(node, "dmarc", place, AuthenticationResult.values(), AuthenticationResult::word),
                policies(node, place),
                number(node, place),
                domains(node, place));
        if (condition.equals(Condition.ALWAYS)) {
            throw new InvalidPolicyException(place + ": says nothing; leave it out where the rule shall always match");
        }
        return condition;
    }

    private static Set<String> policies(JsonNode node, String place) {
        Set<String> policies = texts(node, "dmarc-policy", place);
        if (!Set.of("none", "quarantine", "reject").containsAll(policies)) {
            throw new InvalidPolicyException(place + ".dmarc-policy: must be none, quarantine or reject");
        }
        return policies;
    }

    private static @Nullable Double number(JsonNode node, String place) {
        JsonNode value = node.path("score-at-least");
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isNumber()) {
            throw new InvalidPolicyException(place + ".score-at-least: must be a number");
        }
        return value.asDouble();
    }

    private static Set<String> domains(JsonNode node, String place) {
        Set<String> domains = new HashSet<>();
        for (String text : texts(node, "recipient-domain", place)) {
            try {
                domains.add(DomainName.of(text.toLowerCase(Locale.ROOT)).value());
            } catch (IllegalArgumentException e) {
                throw new InvalidPolicyException(place + ".recipient-domain: '" + text + "' is not a domain name");
            }
        }
        return domains;
    }

    private static <E extends Enum<E>> Set<E> words(
            JsonNode node, String key, String place, E[] values, Function<E, String> word) {
        Set<E> words = new HashSet<>();
        for (String text : texts(node, key, place)) {
            words.add(word(text, place + "." + key, values, word));
        }
        return words;
    }

    private static <E extends Enum<E>> E word(String text, String place, E[] values, Function<E, String> word) {
        List<String> known = new ArrayList<>();
        for (E value : values) {
            if (word.apply(value).equals(text)) {
                return value;
            }
            known.add(word.apply(value));
        }
        throw new InvalidPolicyException(place + ": '" + text + "' is none of " + String.join(", ", known));
    }

    private static Set<String> texts(JsonNode node, String key, String place) {
        JsonNode value = node.path(key);
        Set<String> texts = new HashSet<>();
        if (value.isMissingNode()) {
            return texts;
        }
        Iterable<JsonNode> elements = value.isArray() ? value : List.of(value);
        for (JsonNode element : elements) {
            // A bare `none` or `pass` is a text; a bare `no` or `on` would be something else.
            if (!element.isTextual() || element.asText().isBlank()) {
                throw new InvalidPolicyException(place + "." + key + ": must be a word or a list of words");
            }
            texts.add(element.asText());
        }
        if (texts.isEmpty()) {
            throw new InvalidPolicyException(place + "." + key + ": must not be empty");
        }
        return texts;
    }

    private static String text(JsonNode node, String key, String place) {
        JsonNode value = node.path(key);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new InvalidPolicyException(place + "." + key + ": is required, as a text");
        }
        return value.asText();
    }

    private static void checkKeys(JsonNode node, String place, Set<String> known) {
        if (!node.isObject()) {
            throw new InvalidPolicyException(place + ": must have "
                    + String.join(", ", known.stream().sorted().toList()));
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new InvalidPolicyException(place + ": '" + name + "' is not known; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }
}
