package org.postern.message.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.MessageId;
import org.postern.events.codec.Topic;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailJudged;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.SubmittedMail;
import org.postern.message.TestMails;
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
class IntakeIT {
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
    void takesAMailInAndTellsOfIt() {
        // When
        Response response = mail("one").post("/v1/messages");

        // Then
        MessageId id = SubmittedMail.accepted(response);
        response.then().header("Preference-Applied", nullValue()).body("state", equalTo("received"));
        List<MailReceived> told = topics.told(Topic.MAIL_RECEIVED, MailReceived.class, id);
        assertThat(told).hasSize(1);
        MailReceived event = told.getFirst();
        assertThat(event.object().size()).isEqualTo(TestMails.plain("one").length);
        assertThat(event.envelope().recipients()).hasSize(2);
        assertThat(event.client().ip()).isEqualTo("192.0.2.1");
        assertThat(Duration.between(event.receivedAt(), event.deadline())).isEqualTo(Duration.ofSeconds(25));
        read(id).then()
                .statusCode(200)
                .body("state", equalTo("received"))
                .body("revision", equalTo(0))
                .body("settled", equalTo(false))
                .body("sha256", equalTo(event.object().sha256().hex()))
                .body("scan", nullValue())
                .body("recipients", hasSize(0))
                .body("history", hasSize(0));
    }

    @Test
    void judgesWhenBothFactsAreThereAndHandsOverOnceTheSubmitterHasRead() {
        MessageId id = SubmittedMail.accepted(mail("two").post("/v1/messages"));

        // When
        topics.tell(TestTopics.assessed(id, 1, MailClass.HAM));
        topics.tell(TestTopics.assessed(id, 1, MailClass.HAM));
        topics.tell(TestTopics.scanned(id, 1, ScanVerdict.CLEAN));
        topics.tell(TestTopics.scanned(id, 1, ScanVerdict.CLEAN));

        // Then
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        topics.told(Topic.MAIL_JUDGED, MailJudged.class, id))
                .singleElement()
                .satisfies(judged -> {
                    assertThat(judged.settled()).isTrue();
                    assertThat(judged.revision()).isEqualTo(1);
                    assertThat(judged.recipients()).hasSize(2).allSatisfy(outcome -> assertThat(outcome.disposition())
                            .isEqualTo(Disposition.DELIVER));
                }));
        topics.staysUnanswered(id);
        read(id).then()
                .statusCode(200)
                .body("state", equalTo("judged"))
                .body("recipients[0].recipient", equalTo("bob@example.org"))
                .body("recipients[0].disposition", equalTo("deliver"))
                .body("recipients[0].reasons[0].code", equalTo("nothing-found"))
                .body("scan.verdict", equalTo("clean"))
                .body("assessment.class", equalTo("ham"))
                .body("history[0].revision", equalTo(1));
        read(id).then().statusCode(200);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.told(Topic.MAIL_HANDED_OVER, MailHandedOver.class, id))
                        .singleElement()
                        .satisfies(handedOver -> {
                            assertThat(handedOver.revision()).isEqualTo(1);
                            assertThat(handedOver.recipients()).hasSize(2);
                        }));
    }

    @Test
    void keepsFactsThatComeBeforeTheReceipt() {
        MessageId id = MessageId.random();
        topics.tell(TestTopics.scanned(id, 1, ScanVerdict.INFECTED));
        topics.tell(TestTopics.assessed(id, 1, MailClass.HAM));
        MessageId other = SubmittedMail.accepted(mail("template").post("/v1/messages"));
        MailReceived received = await().atMost(Duration.ofSeconds(30))
                .until(() -> topics.told(Topic.MAIL_RECEIVED, MailReceived.class, other), told -> !told.isEmpty())
                .getFirst();

        // When
        topics.tell(new MailReceived(
                id,
                received.tenant(),
                received.object(),
                received.envelope(),
                received.client(),
                received.path(),
                Instant.now(),
                Instant.now().plusSeconds(25)));

        // Then
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        topics.told(Topic.MAIL_JUDGED, MailJudged.class, id))
                .singleElement()
                .satisfies(judged -> assertThat(judged.recipients())
                        .allSatisfy(outcome -> assertThat(outcome.disposition()).isEqualTo(Disposition.REJECT))));
    }

    @Test
    void putsWhatIsNoEventAmongTheDeadLettersAndGoesOn() {
        topics.tellGarbage(Topic.MAIL_SCANNED);
        MessageId id = SubmittedMail.accepted(mail("after-garbage").post("/v1/messages"));
        topics.tell(TestTopics.scanned(id, 1, ScanVerdict.CLEAN));
        topics.tell(TestTopics.assessed(id, 1, MailClass.HAM));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(topics.deadLetters(Topic.MAIL_SCANNED))
                .filteredOn(record -> TestTopics.GARBAGE.equals(record.key()))
                .singleElement()
                .satisfies(record ->
                        assertThat(record.headers().lastHeader("dlq_reason")).isNotNull()));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.told(Topic.MAIL_JUDGED, MailJudged.class, id))
                        .hasSize(1));
    }

    @Test
    void answersWithTheVerdictToOneWhoPrefersToWait() {
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(
                () -> mail("three").header("Prefer", "respond-async, wait=20").post("/v1/messages"));
        MessageId id = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> topics.records(Topic.MAIL_RECEIVED)
                                .filter(record -> record.value().contains("three-"))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .map(record -> MessageId.of(record.key()))
                .orElseThrow();

        // When
        topics.tell(TestTopics.scanned(id, 1, ScanVerdict.CLEAN));
        topics.tell(TestTopics.assessed(id, 1, MailClass.SPAM));

        // Then
        answer.join()
                .then()
                .statusCode(200)
                .header("Location", org.hamcrest.Matchers.endsWith("/v1/messages/" + id))
                .header("Preference-Applied", equalTo("wait=20"))
                .body("settled", equalTo(true))
                .body("recipients[0].disposition", equalTo("junk"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.told(Topic.MAIL_HANDED_OVER, MailHandedOver.class, id))
                        .hasSize(1));
    }

    @Test
    void answersThatTheMailIsAcceptedWhenTheWaitIsOver() {
        Response response = mail("four").header("Prefer", "wait=1").post("/v1/messages");

        SubmittedMail.accepted(response);
        response.then().header("Preference-Applied", equalTo("wait=1"));
    }

    @Test
    void takesARepeatedRequestForTheSame() {
        String key = UUID.randomUUID().toString();
        MessageId first = SubmittedMail.accepted(
                mail("five").header("Idempotency-Key", key).post("/v1/messages"));

        // When
        MessageId second = SubmittedMail.accepted(
                mail("five").header("Idempotency-Key", key).post("/v1/messages"));

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(topics.told(Topic.MAIL_RECEIVED, MailReceived.class, first)).hasSize(1);
    }

    @Test
    void refusesAKeyThatStandsForAnotherRequest() {
        String key = UUID.randomUUID().toString();
        SubmittedMail.accepted(mail("six").header("Idempotency-Key", key).post("/v1/messages"));

        mail("seven")
                .header("Idempotency-Key", key)
                .post("/v1/messages")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("idempotency-key-reused"))
                .body("field", equalTo("Idempotency-Key"));
    }

    @Test
    void knowsNoMessageThatItDoesNotHave() {
        read(MessageId.random()).then().statusCode(404).body("code", equalTo("message-unknown"));
        reader().get("/v1/messages/12")
                .then()
                .statusCode(400)
                .body("code", equalTo("message-id-malformed"))
                .body("field", equalTo("id"));
    }

    @Test
    void saysWhenTheRenderServiceIsAway() {
        MessageId id = SubmittedMail.accepted(mail("eight").post("/v1/messages"));

        reader().get("/v1/messages/" + id + "/rendition")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("rendition-unavailable"));
    }

    private static RequestSpecification mail(String subject) {
        return given().auth()
                .oauth2(OidcProvider.token("mail-submit"))
                .contentType("message/rfc822")
                .header("Envelope-From", "<" + subject + "-ann@example.com>")
                .header("Envelope-To", "bob@example.org, \"o,dd\"@example.org, BOB@EXAMPLE.org")
                .header("Client-Ip", "::ffff:192.0.2.1")
                .header("Client-Helo", "mail.example.com")
                .header("Client-Hostname", "mail.example.com")
                .body(TestMails.plain(subject));
    }

    private static RequestSpecification reader() {
        return given().auth().oauth2(OidcProvider.token("mail-submit", "mail-read-all"));
    }

    private static Response read(MessageId id) {
        return reader().get("/v1/messages/" + id);
    }
}
