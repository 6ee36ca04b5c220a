package org.postern.message.siem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.postern.message.outlet.ToldEvent;

/**
 * What of an event fits into a table: the words of its data by their names, and of its recipients how many there are and
 * what is done for them. The whole of it is in its JSON.
 */
record Facts(Map<String, String> words, boolean bad) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> BAD = Set.of("infected", "suspicious", "phishing", "spam", "quarantine", "reject");

    static Facts of(ToldEvent event) {
        Map<String, String> words = new LinkedHashMap<>();
        try {
            JsonNode data = JSON.readTree(event.document()).path("data");
            data.properties().forEach(property -> {
                if (property.getValue().isValueNode()) {
                    words.put(property.getKey(), property.getValue().asText());
                }
            });
            addNested(words, data.path("result"));
            addRecipients(words, data.path("recipients"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of ours can always be read");
        }
        return new Facts(words, words.values().stream().anyMatch(Facts::isBad));
    }

    private static void addNested(Map<String, String> words, JsonNode result) {
        for (String name : Set.of("verdict", "class", "score", "reason", "cause")) {
            if (result.path(name).isValueNode()) {
                words.putIfAbsent(name, result.path(name).asText());
            }
        }
    }

    private static void addRecipients(Map<String, String> words, JsonNode recipients) {
        if (!recipients.isArray()) {
            return;
        }
        Set<String> dispositions = new TreeSet<>();
        Set<String> reasons = new TreeSet<>();
        recipients.forEach(recipient -> {
            if (recipient.path("disposition").isTextual()) {
                dispositions.add(recipient.path("disposition").asText());
            }
            recipient
                    .path("reasons")
                    .forEach(reason -> reasons.add(reason.path("code").asText()));
        });
        words.put("recipientCount", Integer.toString(recipients.size()));
        put(words, "dispositions", dispositions);
        put(words, "reasons", reasons);
    }

    private static void put(Map<String, String> words, String name, Set<String> values) {
        if (!values.isEmpty()) {
            StringJoiner joined = new StringJoiner(",");
            values.forEach(joined::add);
            words.put(name, joined.toString());
        }
    }

    private static boolean isBad(String value) {
        for (String word : value.split(",", -1)) {
            if (BAD.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
