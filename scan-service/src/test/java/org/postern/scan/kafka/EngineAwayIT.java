package org.postern.scan.kafka;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.AttachedMail;
import org.postern.scan.RestartableClamd;
import org.postern.store.MessageStore;
import org.postern.testsupport.FactTopics;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@TestProfile(EngineAwayIT.Impatient.class)
@QuarkusTestResource(value = KafkaBroker.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = StoreFolder.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = RestartableClamd.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OidcProvider.class, restrictToAnnotatedClass = true)
class EngineAwayIT {
    @Inject
    MessageStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    private FactTopics<MailScanned> topics;

    @BeforeEach
    void open() {
        topics = ScanTopics.at(brokers);
    }

    @AfterEach
    void close() throws InterruptedException {
        topics.close();
        RestartableClamd.kill();
    }

    @Test
    void tellsNothingWhileClamdIsAwayAndTheFactWhenItIsBack() throws Exception {
        RestartableClamd.kill();
        MailReceived clean = announce(AttachedMail.clean());
        MailReceived infected = announce(AttachedMail.infected());

        staysUntold(clean);
        staysUntold(infected);

        RestartableClamd.launch();
        MailScanned cleanFact = topics.fact(clean.messageId()).event();
        assertThat(cleanFact.result().verdict()).isEqualTo(ScanVerdict.CLEAN);
        assertThat(cleanFact.attempt()).isEqualTo(1);
        assertThat(topics.fact(infected.messageId()).event().result().verdict()).isEqualTo(ScanVerdict.INFECTED);
    }

    @Test
    void losesNoMailWhenClamdDiesBetweenMails() throws Exception {
        RestartableClamd.launch();
        MailReceived before = announce(AttachedMail.clean());
        topics.fact(before.messageId());

        RestartableClamd.kill();
        MailReceived after = announce(AttachedMail.infected());
        staysUntold(after);
        assertThat(topics.waiting())
                .as("a mail without a fact is not acknowledged")
                .isPositive();
        RestartableClamd.launch();

        assertThat(topics.fact(after.messageId()).event().result().verdict()).isEqualTo(ScanVerdict.INFECTED);
        Awaitility.await("everything is acknowledged")
                .atMost(Duration.ofSeconds(20))
                .until(() -> topics.waiting() == 0);
    }

    @Test
    void answersAnUploadAsInconclusiveWhileClamdIsAway() throws Exception {
        RestartableClamd.kill();

        upload().statusCode(200)
                .header("Retry-After", notNullValue())
                .body("verdict", equalTo("inconclusive"))
                .body("inconclusive", equalTo("engine-down"));

        RestartableClamd.launch();
        upload().statusCode(200).body("verdict", equalTo("clean"));
    }

    @Test
    void saysThatTheDatabaseIsAwayAndScansAllTheSame() throws Exception {
        RestartableClamd.launch();
        MailReceived mail = announce(AttachedMail.infected());

        assertThat(topics.fact(mail.messageId()).event().result().verdict()).isEqualTo(ScanVerdict.INFECTED);
        given().auth()
                .oauth2(OidcProvider.token("quarantine-admin"))
                .get("/v1/recall")
                .then()
                .statusCode(503)
                .body("code", equalTo("database-unavailable"));
    }

    @Test
    void isNotReadyWhereARouteLetsInMoreThanClamdTakes() throws Exception {
        RestartableClamd.launch();

        Awaitility.await("clamd was given a body of 120 MiB, and takes 110")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get(readiness)
                        .then()
                        .statusCode(503)
                        .body(
                                "checks.find { it.name == 'scanner' }.data.reason",
                                startsWith("clamd does not take a body of 125829120 bytes, which is let in: set its"
                                        + " StreamMaxLength")));
    }

    private static ValidatableResponse upload() {
        return given().auth()
                .oauth2(OidcProvider.token("mail-submit"))
                .contentType("message/rfc822")
                .body(AttachedMail.clean())
                .post("/v1/scan")
                .then();
    }

    private void staysUntold(MailReceived mail) {
        Awaitility.await()
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> !topics.isTold(mail.messageId()));
    }

    private MailReceived announce(byte[] mail) throws Exception {
        ObjectReference object = store.put(Tenant.DEFAULT, new ByteArrayInputStream(mail), 1_000_000);
        return topics.announce(object, TraceContext.start());
    }

    /** Looks for its engine more often than in earnest, and has no database, which it needs for recalls alone. */
    public static class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "postern.scan.backoff.longest", "500ms",
                    "postern.scan.probe.kept-for", "200ms",
                    "postern.scan.probe.largest", "120M",
                    "postern.recall.enabled", "true",
                    "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/nobody");
        }
    }
}
