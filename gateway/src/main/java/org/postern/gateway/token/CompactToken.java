package org.postern.gateway.token;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A signed token in compact form (RFC 7515), taken apart strictly: three parts of base64url without padding or stray
 * bits, two JSON objects without a name twice. What the header says of keys ({@code jwk}, {@code jku}, {@code x5u},
 * {@code x5c}) is not looked at by anybody; what it says must be understood ({@code crit}) is refused, since nothing is.
 */
public final class CompactToken {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final int LONGEST_KEY_ID = 255;
    private static final int DEEPEST = 20;
    private static final JsonMapper JSON = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** The types of a signed access token (RFC 9068, and what providers wrote before it). */
    private static final Set<String> ACCESS_TYPES = Set.of("at+jwt", "application/at+jwt", "jwt");

    private final ObjectNode header;
    private final ObjectNode claims;

    private CompactToken(ObjectNode header, ObjectNode claims) {
        this.header = header;
        this.claims = claims;
    }

    /**
     * Takes a token apart. Nothing of it is to be believed until its signature has been checked.
     *
     * @throws TokenRefusedException where it is none that the rules accept
     */
    public static CompactToken of(String token, TokenRules rules) throws TokenRefusedException {
        if (token.length() > rules.largest()) {
            throw new TokenRefusedException("token-too-large");
        }
        if (!FORM.matcher(token).matches()) {
            throw new TokenRefusedException("token-malformed");
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        CompactToken parts =
                new CompactToken(object(token.substring(0, first)), object(token.substring(first + 1, second)));
        strict(token.substring(second + 1));
        parts.checkHeader(rules);
        return parts;
    }

    /** Its claims. */
    public JsonNode claims() {
        return claims;
    }

    /** The algorithm of its signature, one of those that are allowed. */
    public String algorithm() {
        return header.path("alg").asText();
    }

    /** The name of the key that it was signed with; null where it names none. */
    public @Nullable String keyId() {
        return header.path("kid").textValue();
    }

    /** @throws TokenRefusedException where its header says that it is something else than an ID token */
    public void requireIdType() throws TokenRefusedException {
        requireType(Set.of("jwt"));
    }

    private void checkHeader(TokenRules rules) throws TokenRefusedException {
        JsonNode algorithm = header.path("alg");
        if (!algorithm.isTextual() || !rules.algorithms().contains(algorithm.textValue())) {
            throw new TokenRefusedException("algorithm-not-allowed");
        }
        for (String name : Set.of("crit", "zip", "enc", "b64")) {
            if (header.has(name)) {
                throw new TokenRefusedException("header-not-understood");
            }
        }
        JsonNode key = header.path("kid");
        if (!key.isMissingNode() && (!key.isTextual() || key.textValue().length() > LONGEST_KEY_ID)) {
            throw new TokenRefusedException("key-id-malformed");
        }
    }

    /** @throws TokenRefusedException where its header says that it is something else than an access token */
    public void requireAccessType() throws TokenRefusedException {
        requireType(ACCESS_TYPES);
    }

    /** @throws TokenRefusedException where its header says that it is something else than a logout token */
    public void requireLogoutType() throws TokenRefusedException {
        requireType(Set.of("logout+jwt", "application/logout+jwt", "jwt"));
    }

    private void requireType(Set<String> accepted) throws TokenRefusedException {
        JsonNode type = header.path("typ");
        boolean good = type.isMissingNode()
                || type.isTextual() && accepted.contains(type.textValue().toLowerCase(Locale.ROOT));
        if (!good) {
            throw new TokenRefusedException("token-of-another-type");
        }
    }

    private static ObjectNode object(String part) throws TokenRefusedException {
        try {
            if (JSON.readTree(strict(part)) instanceof ObjectNode object) {
                return object;
            }
            throw new TokenRefusedException("token-malformed");
        } catch (JsonProcessingException e) {
            throw new TokenRefusedException("token-malformed");
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can always be read", e);
        }
    }

    /** The bytes of a part; of all its spellings only the one that they are written back as. */
    private static byte[] strict(String part) throws TokenRefusedException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                throw new TokenRefusedException("token-malformed");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new TokenRefusedException("token-malformed");
        }
    }
}
