package org.postern.scan.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;
import org.postern.testsupport.Clamd;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(Clamd.class)
@QuarkusTestResource(OidcProvider.class)
class ScannerReadinessIT {
    @Inject
    @Readiness
    ScannerReadiness readiness;

    @Test
    void isReadyWithAnEngineThatFindsTheTestFileAndNamesItsVersion() {
        HealthCheckResponse answer = Awaitility.await("a body of the largest size is scanned")
                .atMost(Duration.ofSeconds(60))
                .until(() -> readiness.call(), seen -> seen.getStatus() == HealthCheckResponse.Status.UP);

        assertThat(answer.getData().orElseThrow())
                .containsEntry("engine", "clamav")
                .containsKey("version")
                .containsEntry("largest", 100L * 1024 * 1024)
                .doesNotContainKey("largest-taken");
    }

    @Test
    void saysSoWhereTheEngineHasTestSignaturesOnly() {
        Awaitility.await("the engine has answered")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(readiness.call().getData().orElseThrow())
                        .containsEntry("signatures", "test signatures only"));
    }
}
