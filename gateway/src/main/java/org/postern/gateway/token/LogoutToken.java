package org.postern.gateway.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says when somebody has logged out (OpenID Connect Back-Channel Logout 1.0, section 2.4).
 *
 * @param issuer {@code iss}
 * @param id {@code jti}: the same is not taken twice
 * @param session {@code sid}; null where all sessions of the subject are meant
 * @param subject {@code sub}; null where only the session is named
 * @param issuedAt {@code iat}
 * @param expires {@code exp}
 */
public record LogoutToken(
        String issuer,
        String id,
        @Nullable String session,
        @Nullable String subject,
        Instant issuedAt,
        Instant expires) {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    /** A provider says it at once; the standard recommends two minutes at most. */
    private static final Duration OLDEST = Duration.ofMinutes(5);

    /**
     * Reads and checks the claims of one whose signature and issuer are known to be good.
     *
     * @param clients of which one must be its audience
     * @throws TokenRefusedException where it is no logout token for us that is good now
     */
    public static LogoutToken of(JsonNode claims, Set<String> clients, Duration skew, Instant now)
            throws TokenRefusedException {
        requireAudience(claims.path("aud"), clients);
        if (!claims.path("events").path(EVENT).isObject()) {
            throw new TokenRefusedException("logout-event-missing");
        }
        if (claims.has("nonce")) {
            throw new TokenRefusedException("nonce-in-logout-token");
        }
        Instant issuedAt = AccessClaims.time(claims, "iat");
        Instant expires = AccessClaims.time(claims, "exp");
        if (issuedAt == null || expires == null) {
            throw new TokenRefusedException("claim-missing");
        }
        if (issuedAt.isAfter(now.plus(skew))) {
            throw new TokenRefusedException("token-of-the-future");
        }
        if (!now.isBefore(expires.plus(skew))
                || issuedAt.isBefore(now.minus(OLDEST).minus(skew))) {
            throw new TokenRefusedException("token-expired");
        }
        String session = AccessClaims.text(claims, "sid");
        String subject = AccessClaims.text(claims, "sub");
        if (session == null && subject == null) {
            throw new TokenRefusedException("nobody-named");
        }
        return new LogoutToken(
                AccessClaims.requiredText(claims, "iss"),
                AccessClaims.requiredText(claims, "jti"),
                session,
                subject,
                issuedAt,
                expires);
    }

    private static void requireAudience(JsonNode audience, Set<String> clients) throws TokenRefusedException {
        boolean ours = audience.isTextual() && clients.contains(audience.textValue());
        if (audience.isArray()) {
            for (JsonNode one : audience) {
                ours |= one.isTextual() && clients.contains(one.textValue());
            }
        }
        if (!ours) {
            throw new TokenRefusedException("audience-not-ours");
        }
    }
}
