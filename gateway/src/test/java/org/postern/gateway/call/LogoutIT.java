package org.postern.gateway.call;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.postern.events.identity.RevokedIdentity;
import org.postern.gateway.door.Upstream;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;

/** A token of somebody who has logged out is good no longer, however it was said. */
@QuarkusTest
@QuarkusTestResource(value = OidcProvider.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = Upstream.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = KafkaBroker.class, restrictToAnnotatedClass = true)
@Timeout(60)
class LogoutIT {
    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    private static final String EVENTS = "\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}";

    private final String subject = "subject-" + UUID.randomUUID();
    private final String session = "session-" + UUID.randomUUID();

    @TestHTTPResource("/v1/push/events")
    URI events;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @BeforeEach
    void awaitRevocations() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get(readiness).statusCode() == 200);
    }

    @Test
    void a_logout_of_a_session_refuses_its_tokens_and_no_others() {
        String token = token(session);
        String other = token("another-" + session);
        assertThat(use(token)).isEqualTo(200);

        assertThat(logout(logoutToken("\"sid\":\"" + session + "\",\"sub\":\"" + subject + "\"")))
                .isEqualTo(200);

        assertThat(use(token)).isEqualTo(401);
        assertThat(use(token(session)))
                .as("a token of that session that comes later")
                .isEqualTo(401);
        assertThat(use(other)).isEqualTo(200);
    }

    @Test
    void a_logout_of_a_subject_refuses_all_that_was_issued_until_then() {
        String token = token(session);
        assertThat(logout(logoutToken("\"sub\":\"" + subject + "\""))).isEqualTo(200);
        String later = OidcProvider.signed(
                "{\"alg\":\"RS256\",\"kid\":\"k\"}",
                OidcProvider.claims(subject, session, "mail-read-all")
                        .replaceFirst(
                                "\"iat\":\\d+", "\"iat\":" + (Instant.now().getEpochSecond() + 3)));
        assertThat(use(token)).isEqualTo(401);
        assertThat(use(later)).as("a token of a later login").isEqualTo(200);
    }

    @Test
    void the_same_logout_token_is_taken_once() {
        String token = logoutToken("\"sid\":\"" + session + "\"");
        assertThat(logout(token)).isEqualTo(200);
        assertThat(logout(token)).isEqualTo(400);
    }

    @Test
    void an_open_stream_is_cut_on_both_sides() throws Exception {
        String token = OidcProvider.signed(
                "{\"alg\":\"RS256\",\"kid\":\"k\"}", OidcProvider.claims(subject, session, "push-subscribe"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> stream = client.send(
                    HttpRequest.newBuilder(events)
                            .header("Authorization", "Bearer " + token)
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.body().readNBytes(8)).hasSize(8);
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> drain(stream.body()));

            assertThat(logout(logoutToken("\"sid\":\"" + session + "\""))).isEqualTo(200);

            await().atMost(Duration.ofSeconds(10)).until(ended::isDone);
            await().atMost(Duration.ofSeconds(5)).until(() -> Upstream.STREAMS.get() == 0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/logout-tokens/refused.csv", delimiter = '|', quoteCharacter = '`')
    void what_is_no_logout_token_is_refused_and_changes_nothing(
            String name, String reason, String header, String claims) {
        String token = token(session);
        Instant now = Instant.now();
        String filled = claims.replace("@ISS@", OidcProvider.issuer())
                .replace("@SID@", session)
                .replace("@SUB@", subject)
                .replace("@NOW@", Long.toString(now.getEpochSecond()))
                .replace("@EXP@", Long.toString(now.getEpochSecond() + 120))
                .replace("@PAST@", Long.toString(now.getEpochSecond() - 900))
                .replace("@FUTURE@", Long.toString(now.getEpochSecond() + 900))
                .replace("@EVENTS@", EVENTS);
        Response response = post("/oidc/backchannel-logout", "logout_token", OidcProvider.signed(header, filled));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("detail")).contains(reason);
        assertThat(use(token)).isEqualTo(200);
    }

    @Test
    void a_body_that_names_no_logout_token_is_refused() {
        assertThat(post("/oidc/backchannel-logout", "something", "else").statusCode())
                .isEqualTo(400);
        assertThat(given().contentType("application/json")
                        .body("{}")
                        .post("/oidc/backchannel-logout")
                        .statusCode())
                .isEqualTo(415);
        assertThat(post("/oidc/backchannel-logout", "logout_token", "x".repeat(70_000))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void an_administrator_revokes_a_subject() {
        String token = token(session);
        Response response = given().header("Authorization", "Bearer " + OidcProvider.token("identity-admin"))
                .body("{\"subject\":\"" + subject + "\"}")
                .post("/v1/identity/revocations");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(use(token)).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/logout-tokens/malformed-revocations.txt", delimiter = '|', quoteCharacter = '`')
    void a_revocation_of_nobody_is_told_what_is_wrong(String body) {
        Response response = given().header("Authorization", "Bearer " + OidcProvider.token("identity-admin"))
                .body(body)
                .post("/v1/identity/revocations");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("code")).isEqualTo("revocation-malformed");
        assertThat(response.jsonPath().getString("next")).isNotNull();
    }

    @Test
    void nobody_else_revokes() {
        assertThat(given().header("Authorization", "Bearer " + OidcProvider.token("policy-admin"))
                        .body("{\"subject\":\"x\"}")
                        .post("/v1/identity/revocations")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoever_holds_a_token_can_make_it_worthless() {
        String token = token(session);
        assertThat(post("/oidc/revoke", "token", token).statusCode()).isEqualTo(200);
        assertThat(use(token)).isEqualTo(401);
        assertThat(post("/oidc/revoke", "token", "no.such.token").statusCode()).isEqualTo(200);
    }

    @Test
    void kafka_has_it_without_saying_whom_it_is_about() {
        assertThat(logout(logoutToken("\"sub\":\"" + subject + "\""))).isEqualTo(200);
        String key = RevokedIdentity.subject(OidcProvider.issuer(), subject).value();
        try (Consumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("identity.revoked.v1").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(Set.copyOf(partitions));
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                boolean[] found = new boolean[1];
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    assertThat(record.value()).doesNotContain("subject-", "session-");
                    found[0] |= record.key().equals(key);
                });
                return found[0];
            });
        }
    }

    private String token(String sid) {
        return OidcProvider.signed(
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k\"}",
                OidcProvider.claims(subject, sid, "mail-read-all"));
    }

    static String logoutToken(String whom) {
        long now = Instant.now().getEpochSecond();
        return OidcProvider.signed(
                "{\"alg\":\"RS256\",\"typ\":\"logout+jwt\",\"kid\":\"k\"}",
                "{\"iss\":\"" + OidcProvider.issuer() + "\",\"aud\":\"postern-web\",\"iat\":" + now + ",\"exp\":"
                        + (now + 120) + ",\"jti\":\"" + UUID.randomUUID() + "\"," + EVENTS + "," + whom + "}");
    }

    private static int use(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/v1/messages/1")
                .statusCode();
    }

    private static int logout(String token) {
        return post("/oidc/backchannel-logout", "logout_token", token).statusCode();
    }

    private static Response post(String path, String field, String value) {
        return given().contentType("application/x-www-form-urlencoded")
                .formParam(field, value)
                .post(path);
    }

    private static void drain(InputStream stream) {
        try (stream) {
            stream.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (java.io.IOException e) {
            // Cut, as it should be.
        }
    }
}
