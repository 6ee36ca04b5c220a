package org.postern.gateway.providers;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URL;
import java.security.KeyPair;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postern.gateway.door.Upstream;
import org.postern.testsupport.KafkaBroker;

/** Several providers, keys that change, and a provider that is away. */
@QuarkusTest
@QuarkusTestResource(value = Upstream.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = KafkaBroker.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = TwoIssuers.class, restrictToAnnotatedClass = true)
@Timeout(90)
class ProvidersIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    @BeforeEach
    void awaitProviders() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get(readiness).statusCode() == 200);
    }

    @Test
    void tokens_of_each_provider_are_good_with_the_roles_that_it_names_where_it_names_them() {
        assertThat(use(TwoIssuers.first.token("one"))).isEqualTo(200);
        assertThat(use(TwoIssuers.second.token("one"))).isEqualTo(200);
    }

    @Test
    void a_provider_cannot_sign_for_another() {
        KeyPair ofSecond = TwoIssuers.second.takeBack("one");
        TwoIssuers.second.addKey("one");
        assertThat(use(Issuer.token("one", ofSecond, TwoIssuers.first.address())))
                .isEqualTo(401);
        assertThat(use(Issuer.token("one", ofSecond, "http://127.0.0.1:1"))).isEqualTo(401);
    }

    @Test
    void a_new_key_is_taken_at_once_and_one_taken_back_is_soon_believed_no_longer() {
        TwoIssuers.first.addKey("two");
        await().atMost(SOON).until(() -> use(TwoIssuers.first.token("two")) == 200);
        KeyPair old = TwoIssuers.first.takeBack("two");
        await().atMost(SOON).until(() -> use(Issuer.token("two", old, TwoIssuers.first.address())) == 401);
        assertThat(use(TwoIssuers.first.token("one"))).isEqualTo(200);
    }

    @Test
    void a_token_that_names_no_key_is_checked_with_all_of_its_provider() {
        TwoIssuers.first.addKey("later", "");
        await().atMost(SOON).until(() -> use(TwoIssuers.first.token("later")) == 200);
        assertThat(use(TwoIssuers.first.tokenWithoutKeyId("one"))).isEqualTo(200);
        assertThat(use(TwoIssuers.first.tokenWithoutKeyId("later"))).isEqualTo(200);
        KeyPair old = TwoIssuers.first.takeBack("later");
        await().atMost(SOON).until(() -> use(Issuer.tokenWithoutKeyId(old, TwoIssuers.first.address())) == 401);
    }

    @Test
    void a_key_that_is_for_something_else_signs_no_token() {
        TwoIssuers.first.addKey("anything", "");
        await().atMost(SOON).until(() -> use(TwoIssuers.first.token("anything")) == 200);
        TwoIssuers.first.addKey("encrypts", ",\"use\":\"enc\"");
        TwoIssuers.first.addKey("signs", ",\"key_ops\":[\"sign\"]");
        TwoIssuers.first.addKey("other", ",\"use\":\"sig\",\"alg\":\"PS256\"");
        TwoIssuers.first.addKey("verifies", ",\"key_ops\":[\"sign\",\"verify\"]");
        // The others came with it.
        await().atMost(SOON).until(() -> use(TwoIssuers.first.token("verifies")) == 200);
        assertThat(use(TwoIssuers.first.token("encrypts"))).isEqualTo(401);
        assertThat(use(TwoIssuers.first.token("signs"))).isEqualTo(401);
        assertThat(use(TwoIssuers.first.token("other"))).isEqualTo(401);
    }

    @Test
    void while_a_provider_is_away_its_keys_are_believed_for_a_while_and_then_nobody_is_let_in() throws Exception {
        TwoIssuers.first.fallSilent();
        try {
            assertThat(use(TwoIssuers.first.token("one"))).isEqualTo(200);
            assertThat(use(TwoIssuers.second.token("one")))
                    .as("the other provider is there")
                    .isEqualTo(200);
            await().atMost(SOON).until(() -> use(TwoIssuers.first.token("one")) == 503);
        } finally {
            TwoIssuers.first.speak();
        }
        await().atMost(SOON).until(() -> use(TwoIssuers.first.token("one")) == 200);
    }

    @Test
    void an_opaque_token_is_asked_about_once_in_a_while_and_a_forgotten_one_is_soon_refused() {
        String token = TwoIssuers.first.opaqueToken();
        int before = TwoIssuers.first.introspections.get();
        assertThat(use(token)).isEqualTo(200);
        assertThat(use(token)).isEqualTo(200);
        assertThat(TwoIssuers.first.introspections.get() - before).isLessThanOrEqualTo(2);
        TwoIssuers.first.forget(token);
        await().atMost(SOON).until(() -> use(token) == 401);
        assertThat(use("opaque-never-issued")).isEqualTo(401);
    }

    @Test
    void an_opaque_token_can_be_revoked() {
        String token = TwoIssuers.first.opaqueToken();
        assertThat(use(token)).isEqualTo(200);
        Response revoked = given().contentType("application/x-www-form-urlencoded")
                .formParam("token", token)
                .post("/oidc/revoke");
        assertThat(revoked.statusCode()).isEqualTo(200);
        assertThat(use(token)).isEqualTo(401);
    }

    private static int use(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/v1/messages/1")
                .statusCode();
    }
}
