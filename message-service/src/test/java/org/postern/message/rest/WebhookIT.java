package org.postern.message.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.Event;
import org.postern.events.MessageId;
import org.postern.events.codec.Topic;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.TestTopics;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.PushSite;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(PostgresDatabase.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(OidcProvider.class)
@QuarkusTestResource(WebhookSite.class)
class WebhookIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    TestTopics topics;
    private final List<String> added = new ArrayList<>();

    @BeforeEach
    void connect() {
        topics = new TestTopics(bootstrap);
    }

    @AfterEach
    void disconnect() {
        added.forEach(id -> admin().delete("/v1/webhooks/" + id));
        topics.close();
    }

    @Test
    void tellsAnEventAsItIsOnKafkaWithASignatureThatTheReceiverCanCheck() throws Exception {
        Response webhook = added("/signed", Topic.MAIL_SCANNED);
        String secret = webhook.path("secret");
        MailScanned scanned = scanned();

        PushSite.Push push = told("/signed", scanned);

        JsonNode document = JSON.readTree(push.body());
        assertThat(document.path("specversion").asText()).isEqualTo("1.0");
        assertThat(document.path("id").asText()).isEqualTo(scanned.id().toString());
        assertThat(document.path("type").asText()).isEqualTo("org.postern.mail.scanned.v1");
        assertThat(document.path("subject").asText()).isEqualTo(scanned.key());
        assertThat(document.path("tenant").asText()).isEqualTo("default");
        String value = topics.records(Topic.MAIL_SCANNED)
                .filter(record -> scanned.key().equals(record.key()))
                .findFirst()
                .orElseThrow()
                .value();
        assertThat(document.path("data")).isEqualTo(JSON.readTree(value));
        assertThat(push.header("Content-type")).startsWith("application/cloudevents+json");
        assertThat(push.header("Webhook-id")).isEqualTo(scanned.id().toString());
        assertThat(Instant.ofEpochSecond(Long.parseLong(push.header("Webhook-timestamp"))))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(push.header("Webhook-signature")).isEqualTo(signature(secret, push));
    }

    @Test
    void signsWithTheOldSecretTooForAWhile() throws Exception {
        Response webhook = added("/renewed", Topic.MAIL_SCANNED);
        Response renewed = admin().post("/v1/webhooks/" + webhook.path("id") + "/secret");
        renewed.then().statusCode(200).body("secret", not(equalTo(webhook.path("secret"))));

        PushSite.Push push = told("/renewed", scanned());

        assertThat(push.header("Webhook-signature"))
                .isEqualTo(signature(renewed.path("secret"), push) + " " + signature(webhook.path("secret"), push));
        admin().get("/v1/webhooks/" + webhook.path("id"))
                .then()
                .body("secret", nullValue())
                .body("previousSecretUntil", not(nullValue()));
    }

    @Test
    void triesAgainUntilItIsTakenAndTellsAnEventThatComesAgainOnce() {
        added("/later", Topic.MAIL_SCANNED);
        WebhookSite.site().answer("/later", 500, 429);
        MailScanned scanned = scanned();

        topics.tell(scanned);
        topics.tell(scanned);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> pushes("/later", scanned).size() == 3);
        MailScanned next = scanned();
        told("/later", next);
        assertThat(pushes("/later", scanned)).hasSize(3);
    }

    @Test
    void followsNoRedirect() {
        added("/redirect", Topic.MAIL_SCANNED);
        WebhookSite.site().answer("/redirect", 307);

        PushSite.Push push = told("/redirect", scanned());

        await().atMost(Duration.ofSeconds(30))
                .until(() -> WebhookSite.site().pushes("/redirect").size() == 2);
        assertThat(push.path()).isEqualTo("/redirect");
    }

    @Test
    void keepsADeadEndpointFromDelayingAnotherOne() {
        Response dead = admin().contentType("application/json")
                .body(Map.of("url", "http://127.0.0.1:1/dead", "topics", List.of("mail.scanned.v1")))
                .post("/v1/webhooks");
        added.add(dead.path("id"));
        added("/alive", Topic.MAIL_SCANNED);

        for (int i = 0; i < 20; i++) {
            told("/alive", scanned());
        }

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> admin().get("/v1/webhooks/" + dead.path("id"))
                .then()
                .body("failures", greaterThan(2))
                .body("restUntil", not(nullValue()))
                .body("waiting", greaterThan(0)));
    }

    @Test
    void makesDeadLettersOfWhatIsNotTakenAndRedrivesThem() {
        Response webhook = added("/broken", Topic.MAIL_SCANNED);
        String at = "/v1/webhooks/" + webhook.path("id") + "/dead-letters";
        int[] failures = new int[100];
        Arrays.fill(failures, 503);
        WebhookSite.site().answer("/broken", failures);
        MailScanned scanned = scanned();
        topics.tell(scanned);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> admin().get(at)
                .then()
                .body("deadLetters.event", hasItem(scanned.id().toString())));
        admin().get(at)
                .then()
                .body("deadLetters[0].reason", equalTo("status-503"))
                .body("deadLetters[0].topic", equalTo("mail.scanned.v1"))
                .body("deadLetters[0].attempts", greaterThan(1));
        admin().get(at + "?after=" + scanned.id()).then().body("deadLetters", hasSize(0));
        WebhookSite.site().forget("/broken");
        admin().post("/v1/webhooks/" + webhook.path("id") + "/resume").then().statusCode(200);
        int before = pushes("/broken", scanned).size();

        admin().post(at + "/" + scanned.id() + "/redrive")
                .then()
                .statusCode(202)
                .body("redriven", equalTo(1));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> pushes("/broken", scanned).size() == before + 1);
        admin().get(at).then().body("deadLetters", hasSize(0));
        admin().post(at + "/" + scanned.id() + "/redrive")
                .then()
                .statusCode(404)
                .body("code", equalTo("dead-letter-unknown"));
        admin().post(at + "/redrive").then().statusCode(202).body("redriven", equalTo(0));
        admin().get("/v1/audit")
                .then()
                .body("acts.act", hasItem("dead-letters-redriven"))
                .body("acts.detail", hasItem("webhook-1"));
    }

    @Test
    void suspendsAnEndpointThatSaysItIsGoneAndResumesIt() {
        Response webhook = added("/gone", Topic.MAIL_SCANNED);
        WebhookSite.site().answer("/gone", 410);
        MailScanned scanned = scanned();

        told("/gone", scanned);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> admin().get("/v1/webhooks/" + webhook.path("id"))
                .then()
                .body("suspension", equalTo("gone"))
                .body("waiting", equalTo(1)));
        admin().post("/v1/webhooks/" + webhook.path("id") + "/resume")
                .then()
                .statusCode(200)
                .body("suspension", nullValue());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> pushes("/gone", scanned).size() == 2);
    }

    @Test
    void pingsAnEndpointAndSaysHowItWent() {
        Response webhook = added("/ping", Topic.MAIL_SCANNED);
        WebhookSite.site().answer("/ping", 201, 404);
        String at = "/v1/webhooks/" + webhook.path("id") + "/ping";

        admin().post(at).then().statusCode(200).body("result", equalTo("delivered"));
        admin().post(at).then().statusCode(200).body("result", equalTo("status-404"));

        PushSite.Push push = WebhookSite.site().pushes("/ping").getFirst();
        assertThat(new String(push.body(), StandardCharsets.UTF_8)).contains("org.postern.webhook.ping.v1");
        assertThat(push.header("Webhook-signature")).isEqualTo(signature(webhook.path("secret"), push));
    }

    @Test
    void tellsATenantOnlyOfItsOwnAndShowsItOnlyItsOwn() {
        Response theirs = as(OidcProvider.tokenOfTenant("acme", "policy-admin"))
                .contentType("application/json")
                .body(Map.of("url", WebhookSite.site().endpoint("/acme"), "topics", List.of("mail.scanned.v1")))
                .post("/v1/webhooks");
        theirs.then().statusCode(201);
        added("/ours", Topic.MAIL_SCANNED);

        told("/ours", scanned());

        assertThat(WebhookSite.site().pushes("/acme")).isEmpty();
        admin().get("/v1/webhooks/" + theirs.path("id"))
                .then()
                .statusCode(404)
                .body("code", equalTo("webhook-unknown"));
        admin().get("/v1/webhooks").then().body("webhooks.id", not(hasItem((String) theirs.path("id"))));
        as(OidcProvider.tokenOfTenant("acme", "policy-admin"))
                .delete("/v1/webhooks/" + theirs.path("id"))
                .then()
                .statusCode(204);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/bad-webhooks.csv", numLinesToSkip = 1, delimiter = '|')
    void refusesAWebhookThatIsWrongAndNamesTheField(String body, String code, String field) {
        admin().contentType("application/json")
                .body(body)
                .post("/v1/webhooks")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("field", equalTo(field))
                .body("detail", not(containsString("10.0.0.1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "7b4c5d6e-0000-4000-8000-000000000000"})
    void knowsNoWebhookThatIsNotThere(String id) {
        for (String path : List.of("", "/dead-letters")) {
            admin().get("/v1/webhooks/" + id + path)
                    .then()
                    .statusCode(id.length() == 1 ? 400 : 404)
                    .body("code", startsWith("webhook-"));
        }
        admin().delete("/v1/webhooks/" + id).then().statusCode(id.length() == 1 ? 400 : 404);
    }

    @Test
    void hasRoomForSoManyAndAsksForTheRole() {
        for (int i = 0; i < 10; i++) {
            added("/many-" + i, Topic.MAIL_AUDIT);
        }
        request("/one-more", Topic.MAIL_AUDIT).then().statusCode(409).body("code", equalTo("webhooks-full"));
        as(OidcProvider.token("quarantine-admin")).get("/v1/webhooks").then().statusCode(403);
        given().get("/v1/webhooks").then().statusCode(401);
    }

    private static MailScanned scanned() {
        return TestTopics.scanned(MessageId.random(), 1, ScanVerdict.CLEAN);
    }

    private PushSite.Push told(String path, Event event) {
        topics.tell(event);
        // The first event is of a topic that was made after the service began to look for it.
        await().atMost(Duration.ofSeconds(30)).until(() -> !pushes(path, event).isEmpty());
        return pushes(path, event).getFirst();
    }

    private static List<PushSite.Push> pushes(String path, Event event) {
        return WebhookSite.site().pushes(path).stream()
                .filter(push -> push.header("Webhook-id").equals(event.id().toString()))
                .toList();
    }

    private Response added(String path, Topic topic) {
        Response response = request(path, topic);
        response.then().statusCode(201).body("secret", startsWith("whsec_"));
        added.add(response.path("id"));
        return response;
    }

    private static Response request(String path, Topic topic) {
        return admin().contentType("application/json")
                .body(Map.of("url", WebhookSite.site().endpoint(path), "topics", List.of(topic.topicName())))
                .post("/v1/webhooks");
    }

    /** As the documentation tells a receiver to do it. */
    private static String signature(String secret, PushSite.Push push) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            mac.update((push.header("Webhook-id") + "." + push.header("Webhook-timestamp") + ".")
                    .getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(push.body()));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static RequestSpecification admin() {
        return as(OidcProvider.token("policy-admin"));
    }

    private static RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }
}
