package org.postern.gateway.oidc;

import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.OidcProvider;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;
import org.postern.gateway.token.TokenRefusedException;

/**
 * The providers whose tokens are accepted: that of {@code quarkus.oidc.auth-server-url} and of each
 * {@code quarkus.oidc.NAME.auth-server-url}. A token is checked by the one that has exactly its issuer, and by no other.
 */
@ApplicationScoped
public class Providers {
    private final TenantConfigBean tenants;

    Providers(TenantConfigBean tenants) {
        this.tenants = tenants;
    }

    /** The issuer of the provider that is asked where none is named; null while it has not been reached. */
    public @Nullable String defaultIssuer() {
        return issuer(all().getFirst());
    }

    /** Whether there is a provider of that issuer. */
    public boolean know(String issuer) {
        return of(issuer).isPresent();
    }

    /**
     * Checks issuer, signature and times of a token. A key that is not known is asked for once more.
     *
     * @param issuer what it says of itself
     * @return who checked it; fails with {@link TokenRefusedException} or {@link CannotCheckException}
     */
    Uni<Verifier> verify(String token, String issuer) {
        Optional<TenantConfigContext> found = of(issuer);
        if (found.isEmpty()) {
            return Uni.createFrom()
                    .failure(anyIsAway() ? new CannotCheckException() : new TokenRefusedException("issuer-unknown"));
        }
        TenantConfigContext tenant = found.get();
        OidcProvider provider = tenant.provider();
        try {
            provider.verifyJwtToken(token, false, false, null);
            return Uni.createFrom().item(new Verifier(tenant));
        } catch (InvalidJwtException e) {
            if (!(e.getCause() instanceof UnresolvableKeyException)) {
                return Uni.createFrom().failure(new TokenRefusedException("token-invalid"));
            }
        }
        return provider.refreshJwksAndVerifyJwtToken(token, false, false, null)
                .map(result -> new Verifier(tenant))
                .onFailure()
                .transform(failure -> new TokenRefusedException("token-invalid"));
    }

    private Optional<TenantConfigContext> of(String issuer) {
        return all().stream().filter(tenant -> issuer.equals(issuer(tenant))).findFirst();
    }

    private boolean anyIsAway() {
        return all().stream().anyMatch(tenant -> !tenant.ready());
    }

    /** All of them, the default one first. */
    List<TenantConfigContext> all() {
        List<TenantConfigContext> all = new ArrayList<>();
        all.add(tenants.getDefaultTenant());
        all.addAll(tenants.getStaticTenantsConfig().values());
        return all;
    }

    private static @Nullable String issuer(TenantConfigContext tenant) {
        if (!tenant.ready() || tenant.provider() == null) {
            return null;
        }
        Optional<String> configured = tenant.oidcConfig().token().issuer();
        if (configured.isPresent()) {
            return configured.get();
        }
        OidcConfigurationMetadata metadata = tenant.getOidcMetadata();
        return metadata == null ? null : metadata.getIssuer();
    }

    /**
     * Asks the provider about a token that says nothing itself (RFC 7662).
     *
     * @return what it answers, as JSON; fails with {@link TokenRefusedException} or {@link CannotCheckException}
     */
    Uni<Introspected> introspect(String token) {
        TenantConfigContext tenant = all().getFirst();
        String issuer = issuer(tenant);
        if (issuer == null) {
            return Uni.createFrom().failure(new CannotCheckException());
        }
        return tenant.provider()
                .introspectToken(token, false, null, false)
                .map(answer -> new Introspected(new Verifier(tenant), issuer, answer.getIntrospectionString()))
                .onFailure()
                .transform(failure -> failure instanceof AuthenticationFailedException
                        ? new TokenRefusedException("token-inactive")
                        : new CannotCheckException());
    }

    /** What a provider says of a token. */
    record Introspected(Verifier verifier, String issuer, String json) {}

    /** The provider that found a token good. */
    record Verifier(TenantConfigContext tenant) {
        /** The roles that a token names where its provider is configured to name them. */
        Set<String> roles(JsonObject claims) {
            return Set.copyOf(OidcUtils.findRoles(
                    tenant.oidcConfig().clientId().orElse(null),
                    tenant.oidcConfig().roles(),
                    claims));
        }
    }
}
