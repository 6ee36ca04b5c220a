package org.postern.gateway.health;

import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the keys of the identity provider are known. Without them nobody can be let in, so no request should come here;
 * and since none comes, it is this check that asks a provider again which was not there when the gateway started. Once the
 * keys are known an outage of the provider changes nothing here: tokens go on being checked.
 */
@Readiness
@ApplicationScoped
public class ProviderReadiness implements AsyncHealthCheck {
    private static final String NAME = "identity provider";
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TenantConfigBean tenants;
    private final Uni<Boolean> attempt;

    ProviderReadiness(TenantConfigBean tenants) {
        this.tenants = tenants;
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

    @Override
    public Uni<HealthCheckResponse> call() {
        Uni<Boolean> ready =
                tenants.getDefaultTenant().ready() ? Uni.createFrom().item(true) : attempt;
        return ready.map(is -> HealthCheckResponse.named(NAME).status(is).build());
    }
}
