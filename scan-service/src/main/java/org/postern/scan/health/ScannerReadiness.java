package org.postern.scan.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.postern.events.mail.EngineVersion;
import org.postern.scan.EngineProbe;
import org.postern.scan.Signatures;
import org.postern.scan.SizeProbe;

/** Ready when the engine finds what it must find, passes what it must pass, and takes the largest body that is let in. */
@Readiness
@ApplicationScoped
public class ScannerReadiness implements HealthCheck {
    static final String TEST_SIGNATURES = "test signatures only";

    private final EngineProbe probe;
    private final SizeProbe size;

    ScannerReadiness(EngineProbe probe, SizeProbe size) {
        this.probe = probe;
        this.size = size;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("scanner");
        try {
            EngineProbe.State state = probe.state();
            describe(answer, state.engine());
            if (state.healthy()) {
                return withSize(answer);
            }
            size.forget();
            return answer.down().withData("reason", state.reason()).build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return answer.down().withData("reason", "interrupted").build();
        }
    }

    private HealthCheckResponse withSize(HealthCheckResponseBuilder answer) {
        answer.withData("largest", size.largest());
        return switch (size.answer()) {
            case TAKEN -> answer.up().build();
            case REFUSED ->
                answer.down()
                        .withData(
                                "reason",
                                "clamd does not take a body of " + size.largest() + " bytes, which is let in: set its"
                                        + " StreamMaxLength, MaxScanSize and MaxFileSize above that, or lower"
                                        + " postern.scan.probe.largest and the limits of the routes below them")
                        .build();
            case NOT_ASKED ->
                answer.down()
                        .withData("reason", "clamd is being given a body of the largest size")
                        .build();
            // What it cannot scan in time it calls inconclusive, mail by mail; that is no reason to stop all of it.
            case UNKNOWN ->
                answer.up().withData("largest-taken", "not known yet").build();
        };
    }

    private static void describe(HealthCheckResponseBuilder answer, EngineVersion engine) {
        answer.withData("engine", engine.name());
        if (engine.version() != null) {
            answer.withData("version", engine.version());
            // A database of ClamAV's own has a number, and clamd tells it.
            Signatures signatures = Signatures.of(engine);
            answer.withData("signatures", signatures.database() == null ? TEST_SIGNATURES : signatures.word());
        }
    }
}
