package org.postern.gateway.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * The keys of a set (RFC 7517) that may check the signature of a token: neither those for something else ({@code use},
 * {@code key_ops}), nor those of another algorithm ({@code alg}). What a key does not say of itself does not limit it.
 */
public final class SigningKeys {
    private static final JsonMapper JSON = new JsonMapper();

    private SigningKeys() {}

    /**
     * The same set without the others.
     *
     * @param algorithms of which one a key must be, where it names one
     * @return the set; what is no set comes back as it is
     */
    public static JsonNode of(String set, Set<String> algorithms) throws JsonProcessingException {
        JsonNode read = JSON.readTree(set);
        if (read instanceof ObjectNode object && object.path("keys") instanceof ArrayNode keys) {
            ArrayNode kept = object.putArray("keys");
            keys.forEach(key -> {
                if (isForSignatures(key) && isOf(key, algorithms)) {
                    kept.add(key);
                }
            });
        }
        return read;
    }

    private static boolean isForSignatures(JsonNode key) {
        JsonNode operations = key.path("key_ops");
        boolean verifies = operations.isMissingNode();
        for (JsonNode operation : operations) {
            verifies |= operation.asText().equals("verify");
        }
        return verifies && key.path("use").asText("sig").equals("sig");
    }

    private static boolean isOf(JsonNode key, Set<String> algorithms) {
        JsonNode algorithm = key.path("alg");
        return algorithm.isMissingNode() || algorithms.contains(algorithm.asText());
    }
}
