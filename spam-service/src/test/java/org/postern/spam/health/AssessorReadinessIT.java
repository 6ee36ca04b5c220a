package org.postern.spam.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.RspamdEngine;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(RspamdEngine.class)
@QuarkusTestResource(OidcProvider.class)
class AssessorReadinessIT {
    @Inject
    @Readiness
    AssessorReadiness readiness;

    @Test
    void isReadyWithAnEngineThatKnowsTheTestMailAndNamesItsVersion() {
        // The first mails of an engine that has just been started may take longer than a probe waits.
        HealthCheckResponse answer = Awaitility.await("the engine answers")
                .atMost(Duration.ofSeconds(60))
                .until(readiness::call, seen -> seen.getStatus() == HealthCheckResponse.Status.UP);

        assertThat(answer.getData().orElseThrow())
                .containsEntry("engine", "rspamd")
                .containsKey("version");
    }
}
