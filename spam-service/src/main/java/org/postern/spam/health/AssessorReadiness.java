package org.postern.spam.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.postern.events.mail.EngineVersion;
import org.postern.spam.EngineProbe;

/** Ready when the engine knows the test mail and gives a whole answer about a plain one. */
@Readiness
@ApplicationScoped
public class AssessorReadiness implements HealthCheck {
    private final EngineProbe probe;

    AssessorReadiness(EngineProbe probe) {
        this.probe = probe;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("assessor");
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
    }
}
