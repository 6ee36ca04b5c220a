package org.postern.edge.revocation.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A replica that does not know what was revoked lets in whom it should not: no request should come to it. */
@Readiness
@ApplicationScoped
public class RevocationReadiness implements HealthCheck {
    private final RevocationFeed feed;

    RevocationReadiness(RevocationFeed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("revocations").status(feed.isCurrent()).build();
    }
}
