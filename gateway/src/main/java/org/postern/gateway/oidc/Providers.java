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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;
import org.postern.gateway.token.CompactToken;
import org.postern.gateway.token.TokenRefusedException;

/**
 * The providers whose tokens are accepted: that of {@code quarkus.oidc.auth-server-url} and of each
 * {@code quarkus.oidc.NAME.auth-server-url}. A token is checked by the one that has exactly its issuer, and by no other.
 */
@ApplicationScoped
public class Providers {
    private static final Logger LOG = Logger.getLogger(Providers.class);
    private static final Duration LONGEST_READ = Duration.ofSeconds(5);
    private static final String NO_TOKEN = "eyJhbGciOiJSUzI1NiJ9.e30.AA";

    private final TenantConfigBean tenants;
    private final KeySets keySets;

    /** When the keys of a provider were read last, by the name of its tenant; the first time as it was first used. */
    private final Map<String, Instant> keysRead = new ConcurrentHashMap<>();

    private volatile Duration keysGoodFor = Duration.ofHours(24);

    Providers(TenantConfigBean tenants, KeySets keySets) {
        this.tenants = tenants;
        this.keySets = keySets;
    }

    /**
     * Says how long keys are believed while their provider cannot be asked again.
     *
     * @param time since they were read
     */
    public void believeKeysFor(Duration time) {
        keysGoodFor = time;
    }

    /**
     * Reads the keys of all providers again, so that one which a provider has taken back is believed no longer. Where a
     * provider does not answer, what it said before stays.
     */
    public void readKeysAgain() {
        for (TenantConfigContext tenant : all()) {
            OidcConfigurationMetadata metadata = tenant.getOidcMetadata();
            if (tenant.ready() && metadata != null && metadata.getJsonWebKeySetUri() != null) {
                // Whether it answers: quarkus-oidc does not say whether it has read them, or thought it too early.
                tenant.getOidcProviderClient()
                        .getWebClient()
                        .getAbs(metadata.getJsonWebKeySetUri())
                        .timeout(LONGEST_READ.toMillis())
                        .send()
                        .subscribe()
                        .with(answer -> readKeysAgain(tenant, answer.statusCode()), failure -> cannotRead());
            }
        }
    }

    private void readKeysAgain(TenantConfigContext tenant, int status) {
        if (status != 200) {
            cannotRead();
            return;
        }
        // It reads them before it looks at the token, which is none.
        tenant.provider()
                .refreshJwksAndVerifyJwtToken(NO_TOKEN, false, false, null)
                .subscribe()
                .with(impossible -> noteKeys(tenant), failure -> {
                    if (failure instanceof InvalidJwtException) {
                        noteKeys(tenant);
                    } else {
                        cannotRead();
                    }
                });
    }

    private static void cannotRead() {
        LOG.warn("the keys of a provider cannot be read again now");
    }

    private void noteKeys(TenantConfigContext tenant) {
        keysRead.put(name(tenant), Instant.now());
    }

    private boolean areKeysTooOld(TenantConfigContext tenant) {
        Instant read = keysRead.computeIfAbsent(name(tenant), ignored -> Instant.now());
        return read.plus(keysGoodFor).isBefore(Instant.now());
    }

    private static String name(TenantConfigContext tenant) {
        return tenant.oidcConfig().tenantId().orElse("");
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
     * @param parts the same, taken apart
     * @param issuer what it says of itself
     * @return who checked it; fails with {@link TokenRefusedException} or {@link CannotCheckException}
     */
    Uni<Verifier> verify(String token, CompactToken parts, String issuer) {
        Optional<TenantConfigContext> found = of(issuer);
        if (found.isEmpty()) {
            return Uni.createFrom()
                    .failure(anyIsAway() ? new CannotCheckException() : new TokenRefusedException("issuer-unknown"));
        }
        TenantConfigContext tenant = found.get();
        OidcProvider provider = tenant.provider();
        if (areKeysTooOld(tenant)) {
            return Uni.createFrom().failure(new CannotCheckException());
        }
        try {
            provider.verifyJwtToken(token, false, false, null);
            return verified(tenant, parts);
        } catch (InvalidJwtException e) {
            if (!(e.getCause() instanceof UnresolvableKeyException)) {
                return Uni.createFrom().failure(new TokenRefusedException("token-invalid"));
            }
        }
        return provider.refreshJwksAndVerifyJwtToken(token, false, false, null)
                .flatMap(result -> verified(tenant, parts))
                .onFailure()
                .transform(failure -> new TokenRefusedException("token-invalid"));
    }

    private Uni<Verifier> verified(TenantConfigContext tenant, CompactToken parts) {
        return keySets.agreeWith(parts)
                ? Uni.createFrom().item(new Verifier(tenant))
                : Uni.createFrom().failure(new TokenRefusedException("token-invalid"));
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
        tenants.getStaticTenantsConfig().forEach((name, tenant) -> {
            // As whom browsers are logged in, at one of the others: it adds no issuer.
            if (!name.equals(LoginProvider.TENANT)) {
                all.add(tenant);
            }
        });
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
