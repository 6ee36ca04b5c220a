package org.postern.scan.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.postern.events.mail.EngineVersion;
import org.postern.scan.EngineProbe;

/** Ready when the engine finds what it must find and passes what it must pass. */
@Readiness
@ApplicationScoped
public class ScannerReadiness implements HealthCheck {
    private final EngineProbe probe;

    ScannerReadiness(EngineProbe probe) {
        this.probe = probe;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("scanner");
        try {
            EngineProbe.State state = probe.state();
            describe(answer, state.engine());
            return state.healthy()
                    ? answer.up().build()
                    : answer.down().withData("reason", state.reason()).build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return answer.down().withData("reason", "interrupted").build();
        }
    }

    private static void describe(HealthCheckResponseBuilder answer, EngineVersion engine) {
        answer.withData("engine", engine.name());
        if (engine.version() != null) {
            answer.withData("version", engine.version());
        }
        if (engine.signatures() != null) {
            answer.withData("signatures", engine.signatures());
        }
    }
}
