package org.postern.gateway.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URL;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.gateway.door.Upstream;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;

/** What a caller sends to be let in. */
@QuarkusTest
@QuarkusTestResource(value = OidcProvider.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = Upstream.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = KafkaBroker.class, restrictToAnnotatedClass = true)
class AuthorizationIT {
    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    @BeforeEach
    void awaitRevocations() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get(readiness).statusCode() == 200);
    }

    @Test
    void the_good_token_is_good() {
        assertThat(given().header("Authorization", "Bearer " + Forge.good())
                        .get("/v1/messages/1")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/tokens/refused-at-the-door.csv", delimiter = '|', quoteCharacter = '`')
    void a_token_with_another_key_or_for_others_is_refused(String kind, String signature, String header, String claims)
            throws Exception {
        String token = Forge.token(signature, header, claims, "http://127.0.0.1:1/keys");
        assertThat(given().header("Authorization", "Bearer " + token)
                        .get("/v1/messages/1")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_bad_one_is_told_no_more_than_that() throws Exception {
        String token = Forge.token("none", "{\"alg\":\"none\"}", "@GOOD@", "");
        Response response = given().header("Authorization", "Bearer " + token).get("/v1/messages/1");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.jsonPath().getString("code")).isEqualTo("unauthenticated");
        assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"postern\", error=\"invalid_token\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic dXNlcjpwYXNzd29yZA==",
                "Bearer",
                "Bearer ",
                "Bearer a b",
                "Bearer a,b",
                "DPoP a.b.c",
                "bearer\ta.b.c",
                "Bearer \"a.b.c\""
            })
    void a_header_that_holds_no_bearer_token_is_told_so(String header) {
        Response response = given().header("Authorization", header).get("/v1/messages/1");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void two_tokens_are_one_too_many() {
        assertThat(given().header("Authorization", "Bearer " + OidcProvider.token("mail-read-all"))
                        .header("Authorization", "Bearer " + OidcProvider.token("mail-read-all"))
                        .get("/v1/messages/1")
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages/1?access_token=", "/v1/messages/1?token="})
    void a_token_in_the_address_is_none(String address) {
        assertThat(given().get(address + OidcProvider.token("mail-read-all")).statusCode())
                .isEqualTo(401);
    }
}
