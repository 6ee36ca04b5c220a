package org.postern.push;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.codec.Topic;
import org.postern.events.mail.Disposition;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.NodePeer;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
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

    private static NodePeer decoder;

    private Owner owner;
    private PushTopics topics;

    @BeforeAll
    static void startDecoder() {
        decoder = NodePeer.start("decrypt.mjs", Map.of());
    }

    @AfterAll
    static void stopDecoder() {
        decoder.close();
    }

    @BeforeEach
    void connect() {
        owner = new Owner(decoder);
        topics = new PushTopics(bootstrap);
    }

    @AfterEach
    void disconnect() {
        owner.close();
        topics.close();
    }

    @Test
    void aDeviceIsToldOfNewMailOnceItHasVerifiedItself() {
        String id = owner.verified("/phone");

        topics.tell(owner.handedOver(Disposition.DELIVER));

        PushSite.Push push = owner.push("/phone", 2);
        JsonPath told = JsonPath.from(owner.read(push));
        assertThat(told.getString("'@type'")).isEqualTo("StateChange");
        Map<String, Map<String, String>> changed = told.getMap("changed");
        assertThat(changed)
                .containsOnlyKeys(owner.caller()
                        .get("/v1/push/subscriptions/" + id)
                        .jsonPath()
                        .getString("account"));
        assertThat(changed.values().iterator().next()).containsOnlyKeys("EmailDelivery");
        assertThat(push.header("Ttl")).isEqualTo("86400");
        assertThat(push.header("Urgency")).isEqualTo("high");
        assertThat(push.header("Content-encoding")).isEqualTo("aes128gcm");
        assertThat(push.header("Topic")).hasSizeBetween(1, 32);
        assertThat(push.header("Authorization")).startsWith("vapid t=");
        JsonPath claims = JsonPath.from(new String(Base64.getUrlDecoder()
                .decode(push.header("Authorization").split("[=,]")[1].split("\\.")[1])));
        assertThat(claims.getString("aud")).isEqualTo(owner.site().endpoint(""));
        assertThat(claims.getString("sub")).isEqualTo("mailto:postmaster@example.org");
        assertThat(claims.getLong("exp"))
                .isBetween(Instant.now().getEpochSecond(), Instant.now().getEpochSecond() + 86_400);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.records(Topic.PUSH_OUTCOME.topicName()))
                        .anyMatch(record -> record.contains(id) && record.contains("\"delivered\"")));
    }

    @Test
    void aJmapServerFindsTheKeyAsItsCapability() {
        String key = owner.caller().get("/v1/push/vapid").jsonPath().getString("applicationServerKey");
        for (String role : List.of("push-subscribe", "push-publish")) {
            JsonPath session = given().header("Authorization", "Bearer " + OidcProvider.token(role))
                    .get("/v1/push/session")
                    .jsonPath();
            assertThat(session.getString("capabilities.'urn:ietf:params:jmap:webpush-vapid'.applicationServerKey"))
                    .isEqualTo(key);
            assertThat(session.getString("eventSourceUrl")).contains("{types}", "{closeafter}", "{ping}");
        }
    }

    @Test
    void nothingButTheQuestionGoesToADeviceThatHasNotVerifiedItself() {
        JsonPath subscription = owner.subscribe("/phone").jsonPath();
        PushSite.Push question = owner.push("/phone", 1);
        JsonPath told = JsonPath.from(owner.read(question));
        assertThat(told.getString("'@type'")).isEqualTo("PushVerification");
        assertThat(told.getString("pushSubscriptionId")).isEqualTo(subscription.getString("id"));

        Owner.announce(owner.address(), "{\"Email\": \"s1\"}").then().statusCode(202);
        owner.verify(subscription.getString("id"), told.getString("verificationCode"))
                .then()
                .statusCode(204);
        Owner.announce(owner.address(), "{\"Email\": \"s2\"}").then().statusCode(202);

        assertThat(owner.read(owner.push("/phone", 2))).contains("s2").doesNotContain("s1");
    }

    @Test
    void mailInQuarantineOrJunkWakesNobody() {
        owner.verified("/phone");

        topics.tell(owner.handedOver(Disposition.QUARANTINE));
        topics.tell(owner.handedOver(Disposition.JUNK));
        topics.tell(owner.handedOver(Disposition.REJECT));
        Owner.announce(owner.address(), "{\"Mailbox\": \"after\"}").then().statusCode(202);

        assertThat(owner.read(owner.push("/phone", 2))).contains("after").doesNotContain("EmailDelivery");
    }

    @Test
    void anAccountWhoseServerTellsOfNewMailItselfHearsOfItOnceAndNotFromUs() {
        owner.verified("/phone");
        given().header("Authorization", "Bearer " + OidcProvider.token("push-publish"))
                .contentType("application/json")
                .body("{\"accounts\": {\"" + owner.address() + "\": false}}")
                .post("/v1/push/email-delivery")
                .then()
                .statusCode(204);

        topics.tell(owner.handedOver(Disposition.DELIVER));
        Owner.announce(owner.address(), "{\"EmailDelivery\": \"of-the-server\"}")
                .then()
                .statusCode(202);

        assertThat(JsonPath.from(owner.read(owner.push("/phone", 2)))
                        .getMap("changed")
                        .values()
                        .toString())
                .isEqualTo("[{EmailDelivery=of-the-server}]");
    }

    @Test
    void aPushThatFailsIsSentAgainWithTheNewestState() {
        owner.verified("/phone");
        owner.site().answer("/phone", 503, 500);

        Owner.announce(owner.address(), "{\"Email\": \"old\", \"Mailbox\": \"m1\"}");
        owner.push("/phone", 2);
        Owner.announce(owner.address(), "{\"Email\": \"new\"}");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        owner.read(owner.site().pushes("/phone").getLast()))
                .contains("\"new\"", "\"m1\""));
    }

    @Test
    void aPushThatIsRefusedIsADeadLetterAndGoesOutAgainWithTheStateAsItIsThen() {
        String id = owner.verified("/phone");
        owner.site().answer("/phone", 413);
        Owner.announce(owner.address(), "{\"Email\": \"old\"}");
        await().atMost(Duration.ofSeconds(20)).until(() -> deadLetters().contains(id));
        JsonPath letters = admin().get("/v1/push/dead-letters").jsonPath();
        assertThat(letters.getString("deadLetters.find { it.subscription == '" + id + "' }.reason"))
                .isEqualTo("status-413");
        assertThat(letters.prettify()).doesNotContain(owner.site().endpoint("/phone"), owner.address(), "old");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.records(Topic.PUSH_OUTCOME.topicName()))
                        .anyMatch(record -> record.contains(id) && record.contains("\"refused\"")));

        assertThat(admin().post("/v1/push/dead-letters/" + id + "/redrive").statusCode())
                .isEqualTo(202);

        assertThat(owner.read(owner.push("/phone", 3))).contains("old");
        assertThat(deadLetters()).doesNotContain(id);
        assertThat(admin().post("/v1/push/dead-letters/" + id + "/redrive").statusCode())
                .isEqualTo(404);
        assertThat(admin().delete("/v1/push/dead-letters/" + id).statusCode()).isEqualTo(404);
        assertThat(admin().post("/v1/push/dead-letters/redrive").statusCode()).isEqualTo(202);
        assertThat(owner.caller().get("/v1/push/dead-letters").statusCode()).isEqualTo(403);
    }

    @Test
    void aDeviceHearsOnlyOfTheTypesItAskedFor() {
        String body = owner.body("/phone").replace("{\"device", "{\"types\": [\"Email\"], \"device");
        JsonPath subscription = owner.caller()
                .contentType("application/json")
                .body(body)
                .post("/v1/push/subscriptions")
                .jsonPath();
        owner.answerTheQuestion("/phone", subscription);

        Owner.announce(owner.address(), "{\"Mailbox\": \"m1\"}");
        Owner.announce(owner.address(), "{\"Mailbox\": \"m2\", \"Email\": \"e1\"}");

        assertThat(owner.read(owner.push("/phone", 2))).contains("e1").doesNotContain("Mailbox");
    }

    @Test
    void whatIsToldNamesNobody() {
        String canary = owner.address().substring(0, owner.address().indexOf('@'));
        Logged logged = new Logged();
        owner.verified("/phone" + canary);
        owner.site().answer("/phone" + canary, 503, 201, 400);
        topics.tell(owner.handedOver(Disposition.DELIVER));
        PushSite.Push push = owner.push("/phone" + canary, 3);
        topics.tell(owner.handedOver(Disposition.DELIVER));
        owner.push("/phone" + canary, 4);

        await().atMost(Duration.ofSeconds(30)).until(() -> !deadLetters().isEmpty());
        assertThat(logged.text()).doesNotContain(canary, owner.device().auth());
        assertThat(meters.getMeters().toString()).doesNotContain(canary);
        assertThat(owner.read(push)).doesNotContain(canary);
        assertThat(push.headers().toString()).doesNotContain(canary);
        for (Topic topic : List.of(Topic.PUSH_STATE_CHANGED, Topic.PUSH_OUTCOME)) {
            assertThat(topics.records(topic.topicName()))
                    .noneMatch(record -> record.contains(canary)
                            || record.contains(owner.device().auth()));
        }
    }

    @Test
    void aRecordThatIsNoEventGoesToTheDeadLettersAndHoldsNothingUp() {
        owner.verified("/phone");
        topics.tellGarbage(Topic.PUSH_STATE_CHANGED.topicName());
        Owner.announce(owner.address(), "{\"Email\": \"s1\"}");

        owner.push("/phone", 2);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.records(Topic.PUSH_STATE_CHANGED.deadLetters()))
                        .anyMatch(record -> record.contains("garbage")));
    }

    private static List<String> deadLetters() {
        return admin().get("/v1/push/dead-letters").jsonPath().getList("deadLetters.subscription");
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + OidcProvider.token("policy-admin"));
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
}
