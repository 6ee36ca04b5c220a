package org.postern.spam.kafka;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
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
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailReceived;
import org.postern.spam.AssessorContract;
import org.postern.spam.RestartableRspamd;
import org.postern.store.MessageStore;
import org.postern.testsupport.FactTopics;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@TestProfile(EngineAwayIT.Impatient.class)
@QuarkusTestResource(value = KafkaBroker.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = StoreFolder.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = RestartableRspamd.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OidcProvider.class, restrictToAnnotatedClass = true)
class EngineAwayIT {
    private static final byte[] PLAIN = AssessorContract.mail("See you at ten, in the usual place.");

    @Inject
    MessageStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    private FactTopics<MailAssessed> topics;

    @BeforeEach
    void open() {
        topics = AssessmentTopics.at(brokers);
    }

    @AfterEach
    void close() throws InterruptedException {
        topics.close();
        RestartableRspamd.kill();
    }

    @Test
    void tellsNothingWhileRspamdIsAwayAndTheFactWhenItIsBack() throws Exception {
        RestartableRspamd.kill();
        MailReceived plain = announce(PLAIN);
        MailReceived spam = announce(AssessorContract.gtube());

        staysUntold(plain);
        staysUntold(spam);

        RestartableRspamd.launch();
        MailAssessed hamFact = topics.fact(plain.messageId()).event();
        assertThat(hamFact.result().mailClass()).isEqualTo(MailClass.HAM);
        assertThat(hamFact.attempt()).isEqualTo(1);
        assertThat(topics.fact(spam.messageId()).event().result().mailClass()).isEqualTo(MailClass.SPAM);
    }

    @Test
    void losesNoMailWhenRspamdDiesBetweenMails() throws Exception {
        RestartableRspamd.launch();
        MailReceived before = announce(PLAIN);
        topics.fact(before.messageId());

        RestartableRspamd.kill();
        MailReceived after = announce(AssessorContract.gtube());
        staysUntold(after);
        assertThat(topics.waiting())
                .as("a mail without a fact is not acknowledged")
                .isPositive();
        RestartableRspamd.launch();

        assertThat(topics.fact(after.messageId()).event().result().mailClass()).isEqualTo(MailClass.SPAM);
        Awaitility.await("everything is acknowledged")
                .atMost(Duration.ofSeconds(20))
                .until(() -> topics.waiting() == 0);
    }

    @Test
    void answersAnUploadAsInconclusiveWhileRspamdIsAway() throws Exception {
        RestartableRspamd.kill();

        upload().statusCode(200)
                .header("Retry-After", notNullValue())
                .body("class", equalTo("inconclusive"))
                .body("inconclusive", equalTo("engine-down"));

        RestartableRspamd.launch();
        upload().statusCode(200).body("class", equalTo("ham"));
    }

    private static ValidatableResponse upload() {
        return given().auth()
                .oauth2(OidcProvider.token("mail-submit"))
                .contentType("message/rfc822")
                .body(PLAIN)
                .post("/v1/assess")
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

    /** Looks for its engine more often than in earnest. */
    public static class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("postern.spam.backoff.longest", "500ms", "postern.spam.probe.kept-for", "200ms");
        }
    }
}
