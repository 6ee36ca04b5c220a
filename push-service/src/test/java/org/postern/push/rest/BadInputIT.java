package org.postern.push.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
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
    @ValueSource(strings = {"types=a%20b", "types=a,,b", "closeafter=never", "ping=soon", "ping=-1"})
    void aStreamThatCannotBeIsRefused(String query) {
        assertThat(caller().get("/v1/push/events?" + query).statusCode()).isEqualTo(400);
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
