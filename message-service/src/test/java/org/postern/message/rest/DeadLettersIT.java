package org.postern.message.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.events.codec.Topic;
import org.postern.message.TestTopics;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(PostgresDatabase.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(OidcProvider.class)
class DeadLettersIT {
    private static final String AT = "/v1/dead-letters/mail.scanned.v1";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    TestTopics topics;

    @BeforeEach
    void connect() {
        topics = new TestTopics(bootstrap);
    }

    @AfterEach
    void disconnect() {
        topics.close();
    }

    @Test
    void showsWhatCouldNotBeHandledWithoutWhatItSays() {
        String key = bury("default");

        Response page = admin().get(AT);
        String place = page.path("deadLetters.find { it.key == '" + key + "' }.place");

        page.then().statusCode(200).body("next", nullValue());
        assertThat(page.asString()).doesNotContain("secret@example.org", "bob");
        admin().get(AT + "/" + place)
                .then()
                .statusCode(200)
                .body("reason", equalTo("not an event of this topic"))
                .body("fields", equalTo(List.of("address", "nested", "last")))
                .body("redrivenAt", nullValue());
        admin().get("/v1/dead-letters").then().body("topics.'mail.scanned.v1'", notNullValue());
        admin().get(AT + "?after=" + place).then().body("deadLetters.place", not(hasItem(place)));
    }

    @Test
    void putsOneBackAsItWasAndSaysSo() {
        String key = bury("default");
        String place = place(key);

        admin().post(AT + "/" + place + "/redrive").then().statusCode(202).body("redriven", equalTo(1));

        await().atMost(Duration.ofSeconds(30)).until(() -> count(key) == 2);
        var told = topics.records(Topic.MAIL_SCANNED)
                .filter(record -> key.equals(record.key()))
                .toList();
        assertThat(told).hasSize(2);
        assertThat(told.getLast().value()).isEqualTo(told.getFirst().value());
        assertThat(told.getLast().headers().toArray())
                .isEqualTo(told.getFirst().headers().toArray());
        admin().get(AT + "/" + place).then().body("redrivenAt", notNullValue());
        admin().get("/v1/audit").then().body("acts.act", hasItem("dead-letters-redriven"));
    }

    @Test
    void putsAllBackThatWereNotPutBackYet() {
        String one = bury("default");
        String other = bury("default");
        admin().post(AT + "/" + place(one) + "/redrive").then().statusCode(202);
        await().atMost(Duration.ofSeconds(30)).until(() -> count(one) == 2);
        String again = admin().get(AT).path("deadLetters.findAll { it.key == '" + one + "' }[1].place");
        admin().post(AT + "/" + again + "/redrive").then().statusCode(202);
        await().atMost(Duration.ofSeconds(30)).until(() -> count(one) == 3);

        admin().post(AT + "/redrive").then().statusCode(202);

        await().atMost(Duration.ofSeconds(30)).until(() -> count(other) == 2);
        await().atMost(Duration.ofSeconds(30)).until(() -> count(one) == 4);
    }

    @Test
    void showsATenantOnlyItsOwn() {
        String key = bury("acme");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> as(OidcProvider.tokenOfTenant("acme", "policy-admin"))
                        .get(AT)
                        .then()
                        .body("deadLetters.key", hasItem(key)));
        String place = as(OidcProvider.tokenOfTenant("acme", "policy-admin"))
                .get(AT)
                .path("deadLetters.find { it.key == '" + key + "' }.place");
        admin().get(AT).then().body("deadLetters.key", not(hasItem(key)));
        admin().get(AT + "/" + place).then().statusCode(404).body("code", equalTo("dead-letter-unknown"));
        admin().post(AT + "/" + place + "/redrive").then().statusCode(404);
        as(OidcProvider.tokenOfTenant("other", "policy-admin")).get(AT).then().body("deadLetters", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/dead-letters/nothing.v1, 404, topic-unknown",
        "/v1/dead-letters/__consumer_offsets, 404, topic-unknown",
        "/v1/dead-letters/mail.scanned.v1/x, 400, place-malformed",
        "/v1/dead-letters/mail.scanned.v1/0-99999999999999999999, 400, place-malformed",
        "/v1/dead-letters/mail.scanned.v1/0-999999, 404, dead-letter-unknown",
        "/v1/dead-letters/mail.scanned.v1/999-0, 404, dead-letter-unknown",
        "/v1/dead-letters/mail.scanned.v1?after=x, 400, place-malformed",
        "/v1/dead-letters/push.outcome.v1/0-0, 404, dead-letter-unknown"
    })
    void refusesWhatIsNoPlaceOrNotThere(String path, int status, String code) {
        admin().get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    @Test
    void asksForTheRole() {
        given().get(AT).then().statusCode(401);
        as(OidcProvider.token("quarantine-admin")).get(AT).then().statusCode(403);
    }

    /** A record that is no event, with personal data in it. */
    private String bury(String tenant) {
        String key = UUID.randomUUID().toString();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> record = new ProducerRecord<>(
                    Topic.MAIL_SCANNED.topicName(),
                    key,
                    "{\"address\":\"secret@example.org\",\"nested\":{\"to\":[\"bob\"]},\"bob@example.org\":1,\"last\":2}");
            record.headers().add("ce_tenant", tenant.getBytes(StandardCharsets.UTF_8));
            producer.send(record);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> count(key) == 1);
        return key;
    }

    private long count(String key) {
        return topics.deadLetters(Topic.MAIL_SCANNED).stream()
                .filter(record -> key.equals(record.key()))
                .count();
    }

    private static String place(String key) {
        return admin().get(AT).path("deadLetters.find { it.key == '" + key + "' }.place");
    }

    private static RequestSpecification admin() {
        return as(OidcProvider.token("policy-admin"));
    }

    private static RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }
}
