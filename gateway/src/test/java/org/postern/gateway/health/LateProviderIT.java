package org.postern.gateway.health;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URL;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postern.testsupport.OidcProvider;

@QuarkusTest
@QuarkusTestResource(value = LateProvider.class, restrictToAnnotatedClass = true)
class LateProviderIT {
    private final LateProvider provider = new LateProvider();

    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    @AfterEach
    void stop() {
        provider.stop();
    }

    @Test
    void a_provider_that_comes_after_the_gateway_is_found_and_nobody_is_let_in_before() {
        Response early = given().header("Authorization", "Bearer " + OidcProvider.token("mail-read-all"))
                .get("/v1/messages/1");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.jsonPath().getString("code")).isEqualTo("identity-provider-unavailable");
        assertThat(early.header("Retry-After")).isNotNull();
        assertThat(readiness()).isEqualTo(503);

        provider.arrive();

        await().atMost(Duration.ofSeconds(20)).until(() -> readiness() == 200);
        assertThat(given().header("Authorization", "Bearer " + OidcProvider.token("render"))
                        .get("/v1/messages/1")
                        .statusCode())
                .isEqualTo(403);
    }

    private int readiness() {
        return given().get(readiness).statusCode();
    }
}
