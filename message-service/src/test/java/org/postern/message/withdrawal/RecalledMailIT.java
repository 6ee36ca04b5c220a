package org.postern.message.withdrawal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.MessageId;
import org.postern.events.codec.Topic;
import org.postern.events.mail.AuditedAct;
import org.postern.events.mail.MailAudit;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.SubmittedMail;
import org.postern.message.TestTopics;
import org.postern.testsupport.James;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.StoreFolder;

/** A message that is found infected after it was delivered leaves the mailbox of a real mail server, and comes back. */
@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(PostgresDatabase.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(OidcProvider.class)
@QuarkusTestResource(JamesMailboxes.class)
class RecalledMailIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

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
    void leavesTheMailboxAndComesBackWhenSomebodySaysSo() {
        JmapEye bob = mailbox("bob");
        MessageId id = delivered("bob", "Late verdict");

        topics.tell(TestTopics.scanned(id, 2, ScanVerdict.INFECTED));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(bob.subjects())
                .isEqualTo(Map.of("Quarantine", List.of("Late verdict"))));
        await().atMost(PATIENCE).untilAsserted(() -> admin().get("/v1/messages/" + id + "/withdrawals")
                .then()
                .statusCode(200)
                .body("withdrawals", hasSize(1))
                .body("withdrawals[0].recipient", equalTo("bob@example.org"))
                .body("withdrawals[0].state", equalTo("done"))
                .body("withdrawals[0].outcome", equalTo("moved")));

        restore(id).then().statusCode(202).body("withdrawals[0].goal", equalTo("restored"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bob.subjects()).isEqualTo(Map.of("INBOX", List.of("Late verdict"))));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(topics.told(Topic.MAIL_AUDIT, MailAudit.class, id))
                .extracting(MailAudit::act)
                .contains(AuditedAct.COPIES_WITHDRAWN, AuditedAct.COPIES_RESTORED));
        given().auth()
                .oauth2(OidcProvider.token("mail-read-all"))
                .get("/v1/messages/" + id)
                .then()
                .body("timeline.what", hasItems("copies-withdrawn", "copies-restored"));
        restore(id).then().statusCode(409).body("code", equalTo("nothing-to-restore"));
        admin().contentType("application/json")
                .body("{\"ids\":[\"" + id + "\"]}")
                .post("/v1/messages/bulk/restore")
                .then()
                .statusCode(200)
                .body("outcomes[0].code", equalTo("nothing-to-restore"));
    }

    @Test
    void tellsNobodyElseAndRefusesWhatItDoesNotUnderstand() {
        MessageId id = MessageId.random();
        given().auth()
                .oauth2(OidcProvider.token("mail-read-all"))
                .get("/v1/messages/" + id + "/withdrawals")
                .then()
                .statusCode(403);
        restore(id).then().statusCode(404).body("code", equalTo("message-unknown"));
        admin().contentType("application/json")
                .body("{\"recipients\":[\"no address\"]}")
                .post("/v1/messages/" + id + "/withdraw")
                .then()
                .statusCode(400)
                .body("code", equalTo("recipients-malformed"));
    }

    private MessageId delivered(String name, String subject) {
        byte[] mail = ("From: ann@example.net\r\nTo: " + name + "@example.org\r\nSubject: " + subject
                        + "\r\nMessage-ID: <late@example.net>\r\n\r\nHello.\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        MessageId id = SubmittedMail.submit(mail, "ann@example.net", name + "@example.org");
        topics.tell(id, ScanVerdict.CLEAN, MailClass.HAM);
        // Whoever handed it in reads that it is to be delivered, and delivers it.
        await().atMost(PATIENCE).until(() -> given().auth()
                .oauth2(OidcProvider.token("mail-submit"))
                .get("/v1/messages/" + id)
                .path("settled")
                .equals(true));
        JamesMailboxes.james.deliver(name + "@example.org", mail);
        return id;
    }

    private static JmapEye mailbox(String name) {
        JamesMailboxes.james.user(name);
        JamesMailboxes.james.delegate(name, "postern");
        return new JmapEye(JamesMailboxes.james.url(), name + "@example.org", James.PASSWORD);
    }

    private static Response restore(MessageId id) {
        return admin().contentType("application/json").body("{}").post("/v1/messages/" + id + "/restore");
    }

    private static RequestSpecification admin() {
        return given().auth().oauth2(OidcProvider.token("quarantine-admin"));
    }
}
