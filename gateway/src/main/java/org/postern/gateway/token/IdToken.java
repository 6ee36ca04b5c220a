package org.postern.gateway.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who has logged in, as the provider says it (OpenID Connect Core 1.0, section 2).
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}
 * @param session {@code sid}; null where the provider does not name sessions
 * @param name {@code preferred_username} or {@code name}: for the user's own eyes
 */
public record IdToken(
        String issuer,
        String subject,
        @Nullable String session,
        @Nullable String name) {
    private static final int LONGEST_NAME = 200;

    /**
     * What an ID token must fit.
     *
     * @param issuer the provider that was asked
     * @param client as whom it was asked
     * @param nonce what was sent along; null at a renewal
     * @param maxAge how long ago the user may have proved who he is, at most; null where it was not asked
     * @param subject who it must be; null at a login
     */
    public record Expected(
            String issuer,
            String client,
            @Nullable String nonce,
            @Nullable Duration maxAge,
            @Nullable String subject) {}

    /**
     * Reads and checks the claims of one whose signature is known to be good (section 3.1.3.7; 12.2 at a renewal).
     *
     * @param accessToken what came with it
     * @throws TokenRefusedException where it is none for us that is good now
     */
    public static IdToken of(CompactToken token, Expected expected, String accessToken, Duration skew, Instant now)
            throws TokenRefusedException {
        JsonNode claims = token.claims();
        requireIdToken(claims);
        if (!expected.issuer().equals(AccessClaims.text(claims, "iss"))) {
            throw new TokenRefusedException("issuer-unknown");
        }
        requireAudience(claims, expected.client());
        requireTimes(claims, skew, now);
        if (expected.nonce() != null && !expected.nonce().equals(AccessClaims.text(claims, "nonce"))) {
            throw new TokenRefusedException("nonce-unknown");
        }
        String subject = AccessClaims.requiredText(claims, "sub");
        if (expected.subject() != null && !expected.subject().equals(subject)) {
            throw new TokenRefusedException("subject-changed");
        }
        requireRecent(claims, expected.maxAge(), skew, now);
        requireHash(claims, token.algorithm(), accessToken);
        return new IdToken(expected.issuer(), subject, AccessClaims.text(claims, "sid"), name(claims));
    }

    private static void requireIdToken(JsonNode claims) throws TokenRefusedException {
        JsonNode type = claims.path("typ");
        if (claims.has("events")
                || type.isTextual()
                        && !type.textValue().toLowerCase(Locale.ROOT).equals("id")) {
            throw new TokenRefusedException("token-of-another-type");
        }
    }

    private static void requireAudience(JsonNode claims, String client) throws TokenRefusedException {
        JsonNode audience = claims.path("aud");
        boolean ours = audience.isTextual() && audience.textValue().equals(client);
        for (JsonNode one : audience) {
            ours |= one.isTextual() && one.textValue().equals(client);
        }
        String party = AccessClaims.text(claims, "azp");
        boolean othersToo = audience.isArray() && audience.size() > 1;
        if (!ours || party == null && othersToo || party != null && !party.equals(client)) {
            throw new TokenRefusedException("audience-not-ours");
        }
    }

    private static void requireTimes(JsonNode claims, Duration skew, Instant now) throws TokenRefusedException {
        Instant expires = AccessClaims.time(claims, "exp");
        Instant issued = AccessClaims.time(claims, "iat");
        if (expires == null || issued == null) {
            throw new TokenRefusedException("claim-missing");
        }
        if (!now.isBefore(expires.plus(skew))) {
            throw new TokenRefusedException("token-expired");
        }
        if (issued.isAfter(now.plus(skew))) {
            throw new TokenRefusedException("token-of-the-future");
        }
    }

    private static void requireRecent(JsonNode claims, @Nullable Duration maxAge, Duration skew, Instant now)
            throws TokenRefusedException {
        if (maxAge == null) {
            return;
        }
        Instant authenticated = AccessClaims.time(claims, "auth_time");
        if (authenticated == null || authenticated.plus(maxAge).plus(skew).isBefore(now)) {
            throw new TokenRefusedException("authentication-too-old");
        }
    }

    /** The access token must be the one that it was made with, where it says so (section 3.1.3.8). */
    private static void requireHash(JsonNode claims, String algorithm, String accessToken)
            throws TokenRefusedException {
        String said = AccessClaims.text(claims, "at_hash");
        if (said == null) {
            return;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-" + algorithm.replaceAll("\\D", ""))
                    .digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            String half = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
            if (!Objects.equals(half, said)) {
                throw new TokenRefusedException("access-token-exchanged");
            }
        } catch (NoSuchAlgorithmException e) {
            throw new TokenRefusedException("algorithm-not-allowed");
        }
    }

    private static @Nullable String name(JsonNode claims) {
        for (String claim : new String[] {"preferred_username", "name"}) {
            JsonNode value = claims.path(claim);
            if (value.isTextual()
                    && !value.textValue().isBlank()
                    && value.textValue().length() <= LONGEST_NAME) {
                return value.textValue();
            }
        }
        return null;
    }
}
