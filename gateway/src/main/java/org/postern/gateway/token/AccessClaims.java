package org.postern.gateway.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of an access token whose signature and issuer are known to be good.
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}
 * @param session {@code sid}; null where the token belongs to none, or the provider does not say
 * @param tenant {@code postern_tenant}: whose installation of several; {@code default} where the token does not say
 * @param audiences {@code aud}: whom it was made for
 * @param issuedAt {@code iat}
 * @param expires {@code exp}
 * @param authenticatedAt {@code auth_time}: when the user last proved who he is
 * @param acr {@code acr}: how well
 */
public record AccessClaims(
        String issuer,
        String subject,
        @Nullable String session,
        String tenant,
        Set<String> audiences,
        Instant issuedAt,
        Instant expires,
        @Nullable Instant authenticatedAt,
        @Nullable String acr) {
    /** Of an ID token and never of an access token (OpenID Connect Core, section 2). */
    private static final Set<String> OF_ID_TOKENS = Set.of("nonce", "at_hash", "c_hash", "s_hash");

    private static final long LATEST_SECOND = 253_402_300_799L;

    public AccessClaims {
        audiences = Set.copyOf(audiences);
    }

    /**
     * Reads and checks them.
     *
     * @throws TokenRefusedException where they are not those of an access token that is good now
     */
    public static AccessClaims of(JsonNode claims, TokenRules rules, Instant now) throws TokenRefusedException {
        requireAccessToken(claims);
        requireParty(claims, rules);
        Instant issuedAt = required(claims, "iat");
        Instant expires = required(claims, "exp");
        Duration skew = rules.clockSkew();
        if (!now.isBefore(expires.plus(skew))) {
            throw new TokenRefusedException("token-expired");
        }
        if (issuedAt.isAfter(now.plus(skew))) {
            throw new TokenRefusedException("token-of-the-future");
        }
        Instant notBefore = time(claims, "nbf");
        if (notBefore != null && notBefore.isAfter(now.plus(skew))) {
            throw new TokenRefusedException("token-not-yet-good");
        }
        if (Duration.between(issuedAt, expires).compareTo(rules.longestLife()) > 0) {
            throw new TokenRefusedException("token-lives-too-long");
        }
        return new AccessClaims(
                requiredText(claims, "iss"),
                requiredText(claims, "sub"),
                text(claims, "sid"),
                text(claims, "postern_tenant") instanceof String tenant ? tenant : "default",
                audiences(claims.path("aud")),
                issuedAt,
                expires,
                time(claims, "auth_time"),
                text(claims, "acr"));
    }

    /** Keycloak says in the claims what a token is for; others by what only those have. */
    private static void requireAccessToken(JsonNode claims) throws TokenRefusedException {
        JsonNode type = claims.path("typ");
        if (type.isTextual() && !type.textValue().toLowerCase(Locale.ROOT).equals("bearer")) {
            throw new TokenRefusedException("token-of-another-type");
        }
        if (claims.has("cnf")) {
            // Bound to a key (RFC 8705, RFC 9449): good only with a proof, which nobody asks for here.
            throw new TokenRefusedException("token-is-bound");
        }
        if (claims.has("events") || OF_ID_TOKENS.stream().anyMatch(claims::has)) {
            throw new TokenRefusedException("token-of-another-type");
        }
    }

    private static void requireParty(JsonNode claims, TokenRules rules) throws TokenRefusedException {
        if (rules.parties().isEmpty()) {
            return;
        }
        String party = text(claims, "azp");
        party = party == null ? text(claims, "client_id") : party;
        if (party == null || !rules.parties().contains(party)) {
            throw new TokenRefusedException("party-not-allowed");
        }
    }

    private static Set<String> audiences(JsonNode value) throws TokenRefusedException {
        Set<String> audiences = new LinkedHashSet<>();
        if (value.isTextual()) {
            audiences.add(value.textValue());
        } else if (value.isArray()) {
            for (JsonNode one : value) {
                if (!one.isTextual()) {
                    throw new TokenRefusedException("claim-malformed");
                }
                audiences.add(one.textValue());
            }
        } else if (!value.isMissingNode()) {
            throw new TokenRefusedException("claim-malformed");
        }
        return audiences;
    }

    private static Instant required(JsonNode claims, String name) throws TokenRefusedException {
        Instant time = time(claims, name);
        if (time == null) {
            throw new TokenRefusedException("claim-missing");
        }
        return time;
    }

    static @Nullable Instant time(JsonNode claims, String name) throws TokenRefusedException {
        JsonNode value = claims.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > LATEST_SECOND) {
            throw new TokenRefusedException("claim-malformed");
        }
        return Instant.ofEpochSecond(value.longValue());
    }

    static String requiredText(JsonNode claims, String name) throws TokenRefusedException {
        String text = text(claims, name);
        if (text == null) {
            throw new TokenRefusedException("claim-missing");
        }
        return text;
    }

    static @Nullable String text(JsonNode claims, String name) throws TokenRefusedException {
        JsonNode value = claims.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new TokenRefusedException("claim-malformed");
        }
        return value.textValue();
    }
}
