package org.postern.gateway.health;

import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.gateway.config.GatewayConfig;

/**
 * Whether the keys of the identity provider are known. Without them nobody can be let in, so no request should come here;
 * and since none comes, it is this check that asks a provider again which was not there when the gateway started. Once the
 * keys are known an outage of the provider changes nothing here: tokens go on being checked. What the provider lacks of what
 * the door would use is logged once, and told here.
 */
@Readiness
@ApplicationScoped
public class ProviderReadiness implements AsyncHealthCheck {
    private static final Logger LOG = Logger.getLogger(ProviderReadiness.class);
    private static final String NAME = "identity provider";
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TenantConfigBean tenants;
    private final GatewayConfig config;
    private final Uni<Boolean> attempt;
    private volatile @Nullable String gaps;

    ProviderReadiness(TenantConfigBean tenants, GatewayConfig config) {
        this.tenants = tenants;
        this.config = config;
        // One attempt at a time, and not more than one a second, however often we are asked.
        this.attempt = Uni.createFrom()
                .deferred(() -> tenants.getDefaultTenant().initialize())
                .map(TenantConfigContext::ready)
                .ifNoItem()
                .after(LONGEST)
                .recoverWithItem(false)
                .onFailure()
                .recoverWithItem(false)
                .memoize()
                .atLeast(PAUSE);
    }

    void start(@Observes StartupEvent event) {
        if (tenants.getDefaultTenant().ready()) {
            gaps();
        }
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Uni<Boolean> ready =
                tenants.getDefaultTenant().ready() ? Uni.createFrom().item(true) : attempt;
        return ready.map(is -> {
            HealthCheckResponseBuilder answer = HealthCheckResponse.named(NAME).status(is);
            return (is ? answer.withData("lacks", gaps()) : answer).build();
        });
    }

    private String gaps() {
        String known = gaps;
        if (known == null) {
            OidcConfigurationMetadata metadata = tenants.getDefaultTenant().getOidcMetadata();
            List<String> found =
                    metadata == null ? List.of() : ProviderGaps.of(wanted(), metadata::get, metadata::getStringList);
            found.forEach(gap -> LOG.warnf("the identity provider has %s", gap));
            known = found.isEmpty() ? "nothing" : String.join("; ", found);
            gaps = known;
        }
        return known;
    }

    private ProviderGaps.Wanted wanted() {
        return new ProviderGaps.Wanted(
                config.login().enabled(),
                config.login().frontChannelLogout(),
                config.tokens().opaque(),
                config.stepUp().values().stream()
                        .flatMap(step -> step.acr().orElse(Set.of()).stream())
                        .collect(Collectors.toSet()));
    }
}
