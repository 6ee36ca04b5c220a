package org.postern.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.JsonWebKeySet;
import io.quarkus.oidc.runtime.OidcProvider;
import java.io.File;
import java.io.IOException;
import java.security.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.postern.gateway.Corpora;

/** The JWS vectors of Wycheproof: none that is bad passes the reading and the signature check that tokens go through. */
class WycheproofTest {
    /** Those that an administrator can allow. */
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private static final AlgorithmConstraints CONSTRAINTS =
            new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new));
    private static final TokenRules RULES =
            new TokenRules(ALGORITHMS, Set.of(), Duration.ZERO, Duration.ofHours(1), 16_384);
    private static final String NO_CLAIMS = "e30";

    /**
     * Good ones that are refused: without a payload it is no token; and the keys of two examples of RFC 7520 are for other
     * algorithms than they signed by, one of which there is not.
     */
    private static final Set<String> OTHERWISE = Set.of("emptyPayload", "Figure20", "Figure27");

    @Test
    void no_bad_signature_passes_and_the_good_ones_of_allowed_algorithms_do() throws IOException {
        List<String> wrong = new ArrayList<>();
        int bad = 0;
        int good = 0;
        for (JsonNode group : new ObjectMapper().readTree(vectors()).path("testGroups")) {
            JsonNode key = group.has("public") ? group.path("public") : group.path("private");
            for (JsonNode vector : group.path("tests")) {
                boolean valid = vector.path("result").asText().equals("valid");
                boolean accepted = passes(vector.path("jws").asText(), key);
                bad += valid ? 0 : 1;
                good += accepted ? 1 : 0;
                if (OTHERWISE.contains(vector.path("comment").asText())) {
                    continue;
                }
                if (accepted != (valid && !key.path("kty").asText().equals("oct"))) {
                    wrong.add(vector.path("tcId").asText() + " "
                            + group.path("comment").asText() + ": "
                            + vector.path("comment").asText());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(bad).isGreaterThan(300);
        assertThat(good).isGreaterThan(20);
    }

    @Test
    void none_passes_the_check_of_the_provider_by_an_error() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (JsonNode group : new ObjectMapper().readTree(vectors()).path("testGroups")) {
            JsonNode key = group.has("public") ? group.path("public") : group.path("private");
            OidcProvider provider = provider(key);
            for (JsonNode vector : group.path("tests")) {
                try {
                    provider.verifyJwtToken(vector.path("jws").asText(), false, false, null);
                    wrong.add(vector.path("tcId").asText());
                } catch (InvalidJwtException e) {
                    // As it should be: what is signed is no set of claims.
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static File vectors() {
        return Corpora.of("wycheproof/testvectors_v1/json_web_signature_test.json")
                .toFile();
    }

    private static OidcProvider provider(JsonNode key) {
        OidcTenantConfig config = OidcTenantConfig.authServerUrl("https://id.example")
                .clientId("client")
                .token()
                .issuer("https://id.example")
                .audience("any")
                .end()
                .build();
        return new OidcProvider(null, config, new JsonWebKeySet("{\"keys\":[" + key + "]}"));
    }

    /** As {@code CompactToken} reads it, and quarkus-oidc finds the key and has jose4j check it. */
    private static boolean passes(String token, JsonNode key) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || !isStrict(parts)) {
            return false;
        }
        try {
            // What the vectors sign is no set of claims: only the rest is read as a token's is.
            CompactToken.of(parts[0] + "." + NO_CLAIMS + "." + parts[2], RULES);
            JsonWebSignature signature = new JsonWebSignature();
            signature.setAlgorithmConstraints(CONSTRAINTS);
            signature.setCompactSerialization(token);
            // Those for another algorithm, or for something else than signatures, are not among them.
            JsonWebKeySet keys = new JsonWebKeySet(
                    SigningKeys.of("{\"keys\":[" + key + "]}", Set.of(signature.getAlgorithmHeaderValue()))
                            .toString());
            Key found = signature.getKeyIdHeaderValue() == null
                    ? keys.findKeyInAllKeys(signature)
                    : keys.getKeyWithId(signature.getKeyIdHeaderValue());
            signature.setKey(found == null ? keys.findKeyInAllKeys(signature) : found);
            return signature.getKey() != null && signature.verifySignature();
        } catch (TokenRefusedException | JoseException | JsonProcessingException e) {
            return false;
        }
    }

    private static boolean isStrict(String[] parts) {
        for (String part : parts) {
            if (part.isEmpty() || !part.matches("[A-Za-z0-9_-]+")) {
                return false;
            }
        }
        return true;
    }
}
