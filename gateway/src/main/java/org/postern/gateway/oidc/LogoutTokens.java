package org.postern.gateway.oidc;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.Set;
import org.postern.gateway.token.CompactToken;
import org.postern.gateway.token.LogoutToken;
import org.postern.gateway.token.TokenRefusedException;
import org.postern.gateway.token.TokenRules;

/** Checks what providers send to {@code /oidc/backchannel-logout}. */
public final class LogoutTokens {
    private final Providers providers;
    private final TokenRules rules;
    private final Set<String> clients;
    private final Clock clock;

    /**
     * A check.
     *
     * @param clients the clients at the provider for which it tells us of logouts
     */
    public LogoutTokens(Providers providers, TokenRules rules, Set<String> clients, Clock clock) {
        this.providers = providers;
        this.rules = rules;
        this.clients = Set.copyOf(clients);
        this.clock = clock;
    }

    /** Checks one; fails with {@link TokenRefusedException} or {@link CannotCheckException}. */
    public Uni<LogoutToken> check(String token) {
        try {
            CompactToken parts = CompactToken.of(token, rules);
            parts.requireLogoutType();
            String issuer = parts.claims().path("iss").asText();
            return providers.verify(token, parts, issuer).map(verifier -> parts).flatMap(this::claims);
        } catch (TokenRefusedException e) {
            return Uni.createFrom().failure(e);
        }
    }

    private Uni<LogoutToken> claims(CompactToken parts) {
        try {
            return Uni.createFrom().item(LogoutToken.of(parts.claims(), clients, rules.clockSkew(), clock.instant()));
        } catch (TokenRefusedException e) {
            return Uni.createFrom().failure(e);
        }
    }
}
