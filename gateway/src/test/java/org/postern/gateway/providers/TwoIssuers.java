package org.postern.gateway.providers;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.util.Map;

/** Two providers: one names roles as Keycloak does and knows opaque tokens, the other names groups. */
public class TwoIssuers implements QuarkusTestResourceLifecycleManager {
    static volatile Issuer first;
    static volatile Issuer second;

    @Override
    public Map<String, String> start() {
        try {
            first = new Issuer();
            second = new Issuer();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Map.of(
                "quarkus.oidc.auth-server-url", first.address(),
                "quarkus.oidc.client-id", "postern-api",
                "quarkus.oidc.credentials.secret", "secret",
                "quarkus.oidc.token.forced-jwk-refresh-interval", "1S",
                "quarkus.oidc.partner.auth-server-url", second.address(),
                "quarkus.oidc.partner.roles.role-claim-path", "groups",
                "postern.gateway.tokens.opaque", "true",
                "postern.gateway.tokens.remembered", "1S",
                "postern.gateway.tokens.keys-read-every", "1S",
                "postern.gateway.tokens.keys-good-for", "6S");
    }

    @Override
    public void stop() {
        first.fallSilent();
        second.fallSilent();
    }
}
