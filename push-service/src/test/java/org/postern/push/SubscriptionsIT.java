package org.postern.push;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.events.codec.Topic;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.identity.RevocationScope;
import org.postern.events.identity.RevokedIdentity;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;

/** How subscriptions end, and whose they are. */
@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(PostgresDatabase.class)
@QuarkusTestResource(OidcProvider.class)
@QuarkusTestResource(PushSecrets.class)
class SubscriptionsIT {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    private Owner owner;
    private PushTopics topics;

    @BeforeEach
    void connect() {
        owner = new Owner();
        topics = new PushTopics(bootstrap);
    }

    @AfterEach
    void disconnect() {
        owner.close();
        topics.close();
    }

    @Test
    void aDeviceThatIsGoneIsForgottenAndNoOther() {
        String gone = owner.verified("/gone");
        String here = owner.verified("/here");
        owner.site().answer("/gone", 410);

        Owner.announce(owner.address(), "{\"Email\": \"s1\"}");

        owner.push("/here", 2);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        owner.caller().get("/v1/push/subscriptions").jsonPath().getList("subscriptions.id"))
                .containsExactly(here));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.records(Topic.PUSH_OUTCOME.topicName()))
                        .anyMatch(record -> record.contains(gone) && record.contains("\"gone\"")));
    }

    @Test
    void aDeletedSubscriptionGetsNothing() {
        String id = owner.verified("/phone");
        String other = owner.verified("/other");
        owner.caller().delete("/v1/push/subscriptions/" + id).then().statusCode(204);

        Owner.announce(owner.address(), "{\"Email\": \"s1\"}");

        owner.push("/other", 2);
        assertThat(owner.site().pushes("/phone")).hasSize(1);
        assertThat(owner.caller().get("/v1/push/subscriptions/" + id).statusCode())
                .isEqualTo(404);
        assertThat(owner.caller()
                        .get("/v1/push/subscriptions/" + other)
                        .jsonPath()
                        .getBoolean("verified"))
                .isTrue();
    }

    @Test
    void aSubscriptionEndsWithWhatItWasMadeWithAndNoOtherDoes() {
        String lost = owner.verified("/phone");
        JsonPath claims = JsonPath.from(new String(Base64.getUrlDecoder()
                .decode(OidcProvider.tokenOf(owner.address(), "push-subscribe").split("\\.")[1])));
        JsonPath eve = given().header(
                        "Authorization", "Bearer " + OidcProvider.tokenOf("eve@example.org", "push-subscribe"))
                .contentType("application/json")
                .body(owner.body("/eve"))
                .post("/v1/push/subscriptions")
                .jsonPath();

        Instant now = Instant.now();
        topics.tell(new IdentityRevoked(
                Tenant.DEFAULT,
                RevocationScope.SUBJECT,
                RevokedIdentity.subject(claims.getString("iss"), claims.getString("sub")),
                now,
                now.plusSeconds(3600)));

        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        owner.caller().get("/v1/push/subscriptions/" + lost).statusCode() == 404);
        assertThat(given().header(
                                "Authorization", "Bearer " + OidcProvider.tokenOf("eve@example.org", "push-subscribe"))
                        .get("/v1/push/subscriptions/" + eve.getString("id"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSecondSubscriptionOfADeviceReplacesTheFirst() {
        String first = owner.verified("/phone");
        String second = owner.verified("/phone");
        assertThat(second).isNotEqualTo(first);
        assertThat(owner.caller().get("/v1/push/subscriptions").jsonPath().getList("subscriptions.id"))
                .containsExactly(second);
    }

    @Test
    void nobodySeesOrDeletesTheSubscriptionOfAnother() {
        String id = owner.verified("/phone");
        RequestSpecification other =
                given().header("Authorization", "Bearer " + OidcProvider.tokenOf("eve@example.org", "push-subscribe"));
        assertThat(other.get("/v1/push/subscriptions/" + id).statusCode()).isEqualTo(404);
        assertThat(other.delete("/v1/push/subscriptions/" + id).statusCode()).isEqualTo(404);
        assertThat(other.get("/v1/push/subscriptions").jsonPath().getList("subscriptions"))
                .isEmpty();
    }
}
