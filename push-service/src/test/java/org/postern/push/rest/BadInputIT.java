package org.postern.push.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.push.PushSecrets;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.PushDevice;
import org.postern.testsupport.PushSite;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(PostgresDatabase.class)
@QuarkusTestResource(OidcProvider.class)
@QuarkusTestResource(PushSecrets.class)
class BadInputIT {
    private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"k\",\"typ\":\"JWT\"}";
    private static final PushDevice DEVICE = new PushDevice();

    private final String address = "u" + UUID.randomUUID() + "@example.org";

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = "/bad-subscriptions.csv",
            delimiter = ';',
            quoteCharacter = '\0',
            useHeadersInDisplayName = true)
    void aSubscriptionThatCannotBeIsRefusedAndNothingIsKept(
            String what, @Nullable String body, int status, String code, @Nullable String field) {
        RequestSpecification request = caller().contentType("application/json");
        if (body != null) {
            request.body(body.replace("@P@", DEVICE.p256dh()).replace("@A@", DEVICE.auth()));
        }

        Response response = request.post("/v1/push/subscriptions");

        refused(response, status, code);
        assertThat(response.jsonPath().getString("field")).isEqualTo(field);
        assertThat(caller().get("/v1/push/subscriptions").jsonPath().getList("subscriptions"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = "/bad-state-changes.csv",
            delimiter = ';',
            quoteCharacter = '\0',
            useHeadersInDisplayName = true)
    void aChangeThatCannotBeIsRefused(String what, @Nullable String body, int status, String code) {
        RequestSpecification request = given().header("Authorization", "Bearer " + OidcProvider.token("push-publish"))
                .contentType("application/json");
        if (body != null) {
            request.body(body);
        }
        refused(request.post("/v1/push/state-changes"), status, code);
    }

    @Test
    void aStateOfAMegabyteIsRefused() {
        Response response = given().header("Authorization", "Bearer " + OidcProvider.token("push-publish"))
                .contentType("application/json")
                .body("{\"changed\":{\"a\":{\"Email\":\"" + "x".repeat(1024 * 1024) + "\"}}}")
                .post("/v1/push/state-changes");
        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void aTokenThatNamesNoMailboxHasNothingToSubscribeTo() {
        refused(
                given().header("Authorization", "Bearer " + OidcProvider.token("push-subscribe"))
                        .get("/v1/push/subscriptions"),
                403,
                "no-account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/push/subscriptions", "/v1/push/events", "/v1/push/vapid"})
    void aCallerWithoutTheRoleIsRefused(String path) {
        refused(
                given().header("Authorization", "Bearer " + OidcProvider.tokenOf(address, "push-publish"))
                        .get(path),
                403,
                "forbidden");
        refused(given().get(path), 401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"types=a%20b", "types=a,,b", "types=Email,email", "closeafter=never", "ping=soon", "ping=-1"})
    void aStreamThatCannotBeIsRefused(String query) {
        assertThat(caller().get("/v1/push/events?" + query).statusCode()).isIn(400, 422);
    }

    @Test
    void aServerThatIsBoundToItsAccountsSpeaksForNoOther() {
        for (String account : List.of("bob@foreign.example", "u77", "bob@EXAMPLE.org.foreign.example")) {
            for (String path : List.of("/v1/push/state-changes", "/v1/push/email-delivery")) {
                String body = path.endsWith("changes")
                        ? "{\"changed\":{\"" + account + "\":{\"Email\":\"s\"}}}"
                        : "{\"accounts\":{\"" + account + "\":false}}";
                refused(publisher("[\"example.org\",\"u12\"]").body(body).post(path), 403, "account-foreign");
                refused(publisher("\"example.org\"").body(body).post(path), 403, "account-foreign");
            }
        }
        assertThat(publisher("[\"example.org\",\"u12\"]")
                        .body("{\"changed\":{\"bob@Example.org\":{\"Email\":\"s\"},\"u12\":{\"Email\":\"s\"}}}")
                        .post("/v1/push/state-changes")
                        .statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"accounts\":{}}", "{\"accounts\":{\"a b\":true}}", "{\"accounts\":[1]}"})
    void aSwitchThatCannotBeIsRefused(String body) {
        Response response = publisher(null).body(body).post("/v1/push/email-delivery");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.contentType()).startsWith("application/problem+json");
    }

    @Test
    void aCodeIsGoodForTheSubscriptionItWasPushedToAndForNoOther() {
        try (PushSite site = new PushSite()) {
            String first = subscribe(site.endpoint("/one"), "phone").jsonPath().getString("id");
            String old = code(site, "/one");
            assertThat(verify(first, old).statusCode()).isEqualTo(204);
            // Once more does no harm and changes nothing.
            assertThat(verify(first, old).statusCode()).isEqualTo(204);

            String second = subscribe(site.endpoint("/two"), "phone").jsonPath().getString("id");

            refused(verify(first, old), 404, "subscription-unknown");
            refused(verify(second, old), 422, "verification-code-wrong");
            assertThat(caller().get("/v1/push/subscriptions/" + second)
                            .jsonPath()
                            .getBoolean("verified"))
                    .isFalse();
        }
    }

    @Test
    void aSubscriptionThatHasExpiredIsNotThereAnyMore() {
        try (PushSite site = new PushSite()) {
            String soon =
                    Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.MILLIS).toString();
            Response response = caller().contentType("application/json")
                    .body("{\"deviceClientId\":\"brief\",\"expires\":\"" + soon + "\",\"url\":\""
                            + site.endpoint("/brief") + "\",\"keys\":{\"p256dh\":\"" + DEVICE.p256dh()
                            + "\",\"auth\":\"" + DEVICE.auth() + "\"}}")
                    .post("/v1/push/subscriptions");
            assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
            String id = response.jsonPath().getString("id");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> caller().get("/v1/push/subscriptions/" + id).statusCode() == 404);
            refused(verify(id, "whatever"), 404, "subscription-unknown");
        }
    }

    private static String code(PushSite site, String path) {
        await().atMost(Duration.ofSeconds(20)).until(() -> !site.pushes(path).isEmpty());
        return JsonPath.from(DEVICE.read(site.pushes(path).getFirst().body())).getString("verificationCode");
    }

    /** A mail server whose token binds it to these accounts; to none where it is null. */
    private static RequestSpecification publisher(@Nullable String accounts) {
        String claims = OidcProvider.claims("server", "session", "push-publish");
        String bound = accounts == null
                ? claims
                : claims.substring(0, claims.lastIndexOf('}')) + ",\"push_accounts\":" + accounts + "}";
        return given().header("Authorization", "Bearer " + OidcProvider.signed(HEADER, bound))
                .contentType("application/json");
    }

    @Test
    void aSubscriptionIsDeletedAfterTooManyWrongCodes() {
        try (PushSite site = new PushSite()) {
            String id = subscribe(site.endpoint("/phone"), "phone").jsonPath().getString("id");
            for (int i = 0; i < 4; i++) {
                refused(verify(id, "wrong"), 422, "verification-code-wrong");
            }
            refused(verify(id, "wrong"), 422, "verification-failed");
            refused(verify(id, "wrong"), 404, "subscription-unknown");
            refused(verify("no-id", "wrong"), 400, "malformed-value");
            refused(verify(id, ""), 400, "malformed-value");
        }
    }

    @Test
    void thereIsALimitToSubscriptions() {
        try (PushSite site = new PushSite()) {
            for (int i = 0; i < 20; i++) {
                assertThat(subscribe(site.endpoint("/" + i), "d" + i).statusCode())
                        .isEqualTo(201);
            }
            refused(subscribe(site.endpoint("/20"), "d20"), 409, "too-many-subscriptions");
            assertThat(subscribe(site.endpoint("/1"), "d1").statusCode()).isEqualTo(201);
        }
    }

    /** Each of them is a push to where the client says, which need not be its own. */
    @Test
    void whoeverSubscribesAgainAndAgainHasToWait() {
        try (PushSite site = new PushSite()) {
            for (int i = 0; i < 60; i++) {
                assertThat(subscribe(site.endpoint("/same"), "same").statusCode())
                        .isEqualTo(201);
            }
            Response refused = subscribe(site.endpoint("/same"), "same");
            refused(refused, 429, "too-many-new-subscriptions");
            assertThat(refused.header("Retry-After")).isEqualTo("600");
        }
    }

    private Response subscribe(String url, String device) {
        return caller().contentType("application/json")
                .body("{\"deviceClientId\":\"" + device + "\",\"url\":\"" + url + "\",\"keys\":{\"p256dh\":\""
                        + DEVICE.p256dh() + "\",\"auth\":\"" + DEVICE.auth() + "\"}}")
                .post("/v1/push/subscriptions");
    }

    private Response verify(String id, String code) {
        return caller().contentType("application/json")
                .body("{\"verificationCode\":\"" + code + "\"}")
                .post("/v1/push/subscriptions/" + id + "/verify");
    }

    private RequestSpecification caller() {
        return given().header("Authorization", "Bearer " + OidcProvider.tokenOf(address, "push-subscribe"));
    }

    private static void refused(Response response, int status, String code) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.jsonPath().getString("code")).isEqualTo(code);
        assertThat(response.asString()).doesNotContain("Exception", "org.postern");
    }
}
