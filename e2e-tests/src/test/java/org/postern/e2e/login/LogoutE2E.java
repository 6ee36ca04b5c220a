package org.postern.e2e.login;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.postern.e2e.suite.Door;
import org.postern.e2e.suite.Suite;

/** Somebody logs out at the real identity provider, and is out: at the door, behind it, and in what was open. */
class LogoutE2E {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void a_logout_at_the_provider_ends_the_access_token_and_the_open_stream() throws Exception {
        JsonPath login = login("bob");
        String token = login.getString("access_token");
        assertThat(door(token, "GATEWAY").get("/v1/push/subscriptions").statusCode())
                .isEqualTo(200);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> stream = client.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://127.0.0.1:" + Suite.running().port("GATEWAY")
                                            + "/v1/push/events?types=*&closeafter=no&ping=30"))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(stream.statusCode()).isEqualTo(200);
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> drain(stream.body()));

            logout(login.getString("refresh_token"));

            await().atMost(SOON).until(ended::isDone);
        }
        Response refused = door(token, "GATEWAY").get("/v1/push/subscriptions");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).contains("invalid_token");
        // The services check a token again, by the same rules.
        await().atMost(SOON)
                .until(() -> door(token, "PUSH").get("/v1/push/subscriptions").statusCode() == 401);
    }

    @Test
    void a_subject_that_is_revoked_is_out_and_may_come_back() {
        String token = login("admin").getString("access_token");
        String subject = new JsonPath(
                        new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8))
                .getString("sub");
        assertThat(Door.withRole("identity-admin")
                        .body("{\"subject\":\"" + subject + "\"}")
                        .post("/v1/identity/revocations")
                        .statusCode())
                .isEqualTo(200);
        assertThat(door(token, "GATEWAY").get("/v1/push/subscriptions").statusCode())
                .isEqualTo(401);
        await().atMost(SOON)
                .until(() -> door(login("admin").getString("access_token"), "GATEWAY")
                                .get("/v1/push/subscriptions")
                                .statusCode()
                        == 200);
    }

    private static RequestSpecification door(String token, String part) {
        return given().baseUri("http://127.0.0.1")
                .port(Suite.running().port(part))
                .header("Authorization", "Bearer " + token);
    }

    private static RequestSpecification provider() {
        return given().baseUri("http://127.0.0.1")
                .port(Suite.running().port("KEYCLOAK"))
                .contentType("application/x-www-form-urlencoded")
                .formParam("client_id", "postern-web");
    }

    private static JsonPath login(String name) {
        return provider()
                .formParam("grant_type", "password")
                .formParam("username", name)
                .formParam(
                        "password",
                        Suite.running().file("secrets", "user.password").strip())
                .post("/realms/postern/protocol/openid-connect/token")
                .jsonPath();
    }

    private static void logout(String refreshToken) {
        assertThat(provider()
                        .formParam("refresh_token", refreshToken)
                        .post("/realms/postern/protocol/openid-connect/logout")
                        .statusCode())
                .isEqualTo(204);
    }

    private static void drain(InputStream stream) {
        try (stream) {
            stream.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Cut, as it should be.
        }
    }
}
