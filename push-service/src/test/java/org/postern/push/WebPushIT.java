package org.postern.push;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.ContentHash;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.codec.Topic;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.RecipientOutcome;
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
class WebPushIT {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Inject
    MeterRegistry meters;

    private final PushSite site = new PushSite();
    private final PushDevice device = new PushDevice();
    private final String address = "u" + UUID.randomUUID().toString().substring(0, 8) + "@example.org";
    private PushTopics topics;

    @BeforeEach
    void connect() {
        topics = new PushTopics(bootstrap);
    }

    @AfterEach
    void disconnect() {
        site.close();
        topics.close();
    }

    @Test
    void aDeviceIsToldOfNewMailOnceItHasVerifiedItself() {
        String id = verified("/phone");

        topics.tell(handedOver(Disposition.DELIVER));

        PushSite.Push push = push("/phone", 2);
        JsonPath told = JsonPath.from(device.read(push.body()));
        assertThat(told.getString("'@type'")).isEqualTo("StateChange");
        Map<String, Map<String, String>> changed = told.getMap("changed");
        assertThat(changed).hasSize(1);
        assertThat(changed.values().iterator().next()).containsOnlyKeys("EmailDelivery");
        assertThat(push.header("Ttl")).isEqualTo("86400");
        assertThat(push.header("Urgency")).isEqualTo("high");
        assertThat(push.header("Content-encoding")).isEqualTo("aes128gcm");
        assertThat(push.header("Topic")).hasSizeBetween(1, 32);
        assertThat(push.header("Authorization")).startsWith("vapid t=");
        JsonPath claims = JsonPath.from(new String(Base64.getUrlDecoder()
                .decode(push.header("Authorization").split("[=,]")[1].split("\\.")[1])));
        assertThat(claims.getString("aud")).isEqualTo(site.endpoint(""));
        assertThat(claims.getString("sub")).isEqualTo("mailto:postmaster@example.org");
        assertThat(claims.getLong("exp"))
                .isBetween(Instant.now().getEpochSecond(), Instant.now().getEpochSecond() + 86_400);
        await().untilAsserted(() -> assertThat(topics.records(Topic.PUSH_OUTCOME.topicName()))
                .anyMatch(record -> record.contains(id) && record.contains("\"delivered\"")));
    }

    @Test
    void nothingButTheQuestionGoesToADeviceThatHasNotVerifiedItself() {
        JsonPath subscription = subscribe("/phone").jsonPath();
        PushSite.Push question = push("/phone", 1);
        JsonPath told = JsonPath.from(device.read(question.body()));
        assertThat(told.getString("'@type'")).isEqualTo("PushVerification");
        assertThat(told.getString("pushSubscriptionId")).isEqualTo(subscription.getString("id"));

        announce(address, "{\"Email\": \"s1\"}").then().statusCode(202);
        verify(subscription.getString("id"), told.getString("verificationCode"))
                .then()
                .statusCode(204);
        announce(address, "{\"Email\": \"s2\"}").then().statusCode(202);

        assertThat(device.read(push("/phone", 2).body())).contains("s2").doesNotContain("s1");
    }

    @Test
    void mailInQuarantineOrJunkWakesNobody() {
        verified("/phone");

        topics.tell(handedOver(Disposition.QUARANTINE));
        topics.tell(handedOver(Disposition.JUNK));
        topics.tell(handedOver(Disposition.REJECT));
        announce(address, "{\"Mailbox\": \"after\"}").then().statusCode(202);

        assertThat(device.read(push("/phone", 2).body())).contains("after").doesNotContain("EmailDelivery");
    }

    @Test
    void aPushThatFailsIsSentAgainWithTheNewestState() {
        verified("/phone");
        site.answer("/phone", 503, 500);

        announce(address, "{\"Email\": \"old\", \"Mailbox\": \"m1\"}");
        push("/phone", 2);
        announce(address, "{\"Email\": \"new\"}");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        device.read(site.pushes("/phone").getLast().body()))
                .contains("\"new\"", "\"m1\""));
    }

    @Test
    void aDeviceThatIsGoneIsForgottenAndNoOther() {
        String gone = verified("/gone");
        String here = verified("/here");
        site.answer("/gone", 410);

        announce(address, "{\"Email\": \"s1\"}");

        push("/here", 2);
        await().untilAsserted(() -> assertThat(
                        caller().get("/v1/push/subscriptions").jsonPath().getList("subscriptions.id"))
                .containsExactly(here));
        await().untilAsserted(() -> assertThat(topics.records(Topic.PUSH_OUTCOME.topicName()))
                .anyMatch(record -> record.contains(gone) && record.contains("\"gone\"")));
    }

    @Test
    void aPushThatIsRefusedIsADeadLetterAndGoesOutAgainWithTheStateAsItIsThen() {
        String id = verified("/phone");
        site.answer("/phone", 413);
        announce(address, "{\"Email\": \"old\"}");
        await().atMost(Duration.ofSeconds(20)).until(() -> deadLetters().contains(id));
        JsonPath letters = admin().get("/v1/push/dead-letters").jsonPath();
        assertThat(letters.getString("deadLetters.find { it.subscription == '" + id + "' }.reason"))
                .isEqualTo("status-413");
        assertThat(letters.prettify()).doesNotContain(site.endpoint("/phone"), address, "old");
        await().untilAsserted(() -> assertThat(topics.records(Topic.PUSH_OUTCOME.topicName()))
                .anyMatch(record -> record.contains(id) && record.contains("\"refused\"")));

        assertThat(admin().post("/v1/push/dead-letters/" + id + "/redrive").statusCode())
                .isEqualTo(202);

        assertThat(device.read(push("/phone", 3).body())).contains("old");
        assertThat(deadLetters()).doesNotContain(id);
        assertThat(admin().post("/v1/push/dead-letters/" + id + "/redrive").statusCode())
                .isEqualTo(404);
        assertThat(admin().delete("/v1/push/dead-letters/" + id).statusCode()).isEqualTo(404);
        assertThat(admin().post("/v1/push/dead-letters/redrive").statusCode()).isEqualTo(202);
        assertThat(caller().get("/v1/push/dead-letters").statusCode()).isEqualTo(403);
    }

    private static List<String> deadLetters() {
        return admin().get("/v1/push/dead-letters").jsonPath().getList("deadLetters.subscription");
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + OidcProvider.token("policy-admin"));
    }

    @Test
    void aDeviceHearsOnlyOfTheTypesItAskedFor() {
        String body = body("/phone").replace("{\"device", "{\"types\": [\"Email\"], \"device");
        JsonPath subscription = caller().contentType("application/json")
                .body(body)
                .post("/v1/push/subscriptions")
                .jsonPath();
        answerTheQuestion("/phone", subscription);

        announce(address, "{\"Mailbox\": \"m1\"}");
        announce(address, "{\"Mailbox\": \"m2\", \"Email\": \"e1\"}");

        assertThat(device.read(push("/phone", 2).body())).contains("e1").doesNotContain("Mailbox");
    }

    @Test
    void aDeletedSubscriptionGetsNothing() {
        String id = verified("/phone");
        String other = verified("/other");
        caller().delete("/v1/push/subscriptions/" + id).then().statusCode(204);

        announce(address, "{\"Email\": \"s1\"}");

        push("/other", 2);
        assertThat(site.pushes("/phone")).hasSize(1);
        assertThat(caller().get("/v1/push/subscriptions/" + id).statusCode()).isEqualTo(404);
        assertThat(caller().get("/v1/push/subscriptions/" + other).jsonPath().getBoolean("verified"))
                .isTrue();
    }

    @Test
    void aSecondSubscriptionOfADeviceReplacesTheFirst() {
        String first = verified("/phone");
        String second = verified("/phone");
        assertThat(second).isNotEqualTo(first);
        assertThat(caller().get("/v1/push/subscriptions").jsonPath().getList("subscriptions.id"))
                .containsExactly(second);
    }

    @Test
    void nobodySeesOrDeletesTheSubscriptionOfAnother() {
        String id = verified("/phone");
        RequestSpecification other =
                given().header("Authorization", "Bearer " + OidcProvider.tokenOf("eve@example.org", "push-subscribe"));
        assertThat(other.get("/v1/push/subscriptions/" + id).statusCode()).isEqualTo(404);
        assertThat(other.delete("/v1/push/subscriptions/" + id).statusCode()).isEqualTo(404);
        assertThat(other.get("/v1/push/subscriptions").jsonPath().getList("subscriptions"))
                .isEmpty();
    }

    @Test
    void whatIsToldNamesNobody() {
        String canary = address.substring(0, address.indexOf('@'));
        Logged logged = new Logged();
        verified("/phone" + canary);
        site.answer("/phone" + canary, 503, 201, 400);
        topics.tell(handedOver(Disposition.DELIVER));
        PushSite.Push push = push("/phone" + canary, 3);
        topics.tell(handedOver(Disposition.DELIVER));
        push("/phone" + canary, 4);

        await().until(() -> !deadLetters().isEmpty());
        assertThat(logged.text()).doesNotContain(canary, device.auth());
        assertThat(meters.getMeters().toString()).doesNotContain(canary);
        assertThat(device.read(push.body())).doesNotContain(canary);
        assertThat(push.headers().toString()).doesNotContain(canary);
        for (Topic topic : List.of(Topic.PUSH_STATE_CHANGED, Topic.PUSH_OUTCOME)) {
            assertThat(topics.records(topic.topicName()))
                    .noneMatch(record -> record.contains(canary) || record.contains(device.auth()));
        }
    }

    @Test
    void aRecordThatIsNoEventGoesToTheDeadLettersAndHoldsNothingUp() {
        verified("/phone");
        topics.tellGarbage(Topic.PUSH_STATE_CHANGED.topicName());
        announce(address, "{\"Email\": \"s1\"}");

        push("/phone", 2);
        await().untilAsserted(() -> assertThat(topics.records(Topic.PUSH_STATE_CHANGED.deadLetters()))
                .anyMatch(record -> record.contains("garbage")));
    }

    /** Everything that is logged, at every level, from now on. */
    private static final class Logged extends Handler {
        private final StringBuffer text = new StringBuffer();

        Logged() {
            setLevel(Level.ALL);
            Logger.getLogger("").addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            text.append(record.getMessage()).append(' ').append(Arrays.toString(record.getParameters()));
            for (Throwable t = record.getThrown(); t != null; t = t.getCause()) {
                text.append(t);
            }
            text.append('\n');
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        String text() {
            Logger.getLogger("").removeHandler(this);
            return text.toString();
        }
    }

    private String verified(String path) {
        JsonPath subscription = subscribe(path).jsonPath();
        answerTheQuestion(path, subscription);
        return subscription.getString("id");
    }

    private void answerTheQuestion(String path, JsonPath subscription) {
        String id = subscription.getString("id");
        await().atMost(Duration.ofSeconds(20)).until(() -> site.pushes(path).stream()
                .anyMatch(push -> device.read(push.body()).contains(id)));
        String code = site.pushes(path).stream()
                .map(push -> device.read(push.body()))
                .filter(text -> text.contains(id))
                .map(text -> JsonPath.from(text).getString("verificationCode"))
                .findFirst()
                .orElseThrow();
        verify(id, code).then().statusCode(204);
    }

    private Response verify(String id, String code) {
        return caller().contentType("application/json")
                .body("{\"verificationCode\": \"" + code + "\"}")
                .post("/v1/push/subscriptions/" + id + "/verify");
    }

    private PushSite.Push push(String path, int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> site.pushes(path).size() >= count);
        return site.pushes(path).get(count - 1);
    }

    private Response subscribe(String path) {
        Response response =
                caller().contentType("application/json").body(body(path)).post("/v1/push/subscriptions");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        return response;
    }

    private String body(String path) {
        return "{\"deviceClientId\": \"device" + path + "\", \"url\": \"" + site.endpoint(path)
                + "\", \"keys\": {\"p256dh\": \"" + device.p256dh() + "\", \"auth\": \"" + device.auth() + "\"}}";
    }

    private RequestSpecification caller() {
        return given().header("Authorization", "Bearer " + OidcProvider.tokenOf(address, "push-subscribe"));
    }

    private static Response announce(String account, String states) {
        return given().header("Authorization", "Bearer " + OidcProvider.token("push-publish"))
                .contentType("application/json")
                .body("{\"@type\": \"StateChange\", \"changed\": {\"" + account + "\": " + states + "}}")
                .post("/v1/push/state-changes");
    }

    private MailHandedOver handedOver(Disposition disposition) {
        RecipientHashKey key = RecipientHashKey.ofBase64(PushSecrets.RECIPIENTS_KEY);
        return new MailHandedOver(
                MessageId.random(),
                Tenant.DEFAULT,
                1,
                MailPath.REST,
                object(),
                List.of(new RecipientOutcome(
                        key.hash(Tenant.DEFAULT, MailAddress.of(address)), disposition, List.of())),
                Instant.now());
    }

    private static ObjectReference object() {
        return new ObjectReference(Tenant.DEFAULT, ObjectId.random(), ContentHash.of("0".repeat(64)), 100);
    }
}
