package org.postern.spam.rspamd;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The document of {@code /checkv2}.
 *
 * @param skipped whether Rspamd passed over its rules
 * @param action what it would do
 * @param message what it would say to the sender; empty where nothing
 */
record RspamdAnswer(boolean skipped, double score, double threshold, Action action, String message, List<Rule> rules) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    RspamdAnswer {
        rules = List.copyOf(rules);
    }

    /** The actions of Rspamd. */
    enum Action {
        NO_ACTION,
        GREYLIST,
        ADD_HEADER,
        REWRITE_SUBJECT,
        SOFT_REJECT,
        REJECT;

        static Optional<Action> of(String word) {
            String name = word.toUpperCase(Locale.ROOT).replace(' ', '_');
            return Stream.of(values()).filter(a -> a.name().equals(name)).findFirst();
        }
    }

    /**
     * A rule that said something.
     *
     * @param options what it adds; may be personal data, and stays inside this package
     */
    record Rule(String name, double score, List<String> options) {
        Rule {
            options = List.copyOf(options);
        }
    }

    /** @throws RspamdException where it is not such a document, whole and with every part we rely on */
    static RspamdAnswer parse(byte[] document) throws RspamdException {
        JsonNode root;
        try {
            root = JSON.readTree(document);
        } catch (IOException e) {
            throw RspamdException.notUnderstood("not JSON, or not to its end");
        }
        JsonNode skipped = root.path("is_skipped");
        JsonNode rules = root.path("symbols");
        if (!skipped.isBoolean() || !rules.isObject()) {
            throw RspamdException.notUnderstood("is_skipped or symbols missing");
        }
        Action action = Action.of(root.path("action").asText(""))
                .orElseThrow(() -> RspamdException.notUnderstood("unknown action"));
        return new RspamdAnswer(
                skipped.asBoolean(),
                number(root, "score"),
                number(root, "required_score"),
                action,
                root.path("messages").path("smtp_message").asText(""),
                rules(rules));
    }

    private static List<Rule> rules(JsonNode symbols) throws RspamdException {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode symbol : symbols) {
            List<String> options = new ArrayList<>();
            symbol.path("options").forEach(option -> options.add(option.asText()));
            rules.add(new Rule(symbol.path("name").asText(), number(symbol, "score"), options));
        }
        return rules;
    }

    private static double number(JsonNode node, String field) throws RspamdException {
        JsonNode value = node.path(field);
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw RspamdException.notUnderstood(field + " is not a number");
        }
        return value.asDouble();
    }

    /** The rule of that name, where it said something. */
    Optional<Rule> rule(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    /** Whether a rule of that name said something. */
    boolean has(String name) {
        return rule(name).isPresent();
    }

    /** Whether any rule whose name begins so said something. */
    boolean hasAny(String prefix) {
        return rules.stream().anyMatch(rule -> rule.name().startsWith(prefix));
    }
}
