package org.postern.message.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.Topic;
import org.postern.events.mail.AuditedAct;
import org.postern.events.mail.Client;
import org.postern.events.mail.DeletionCause;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.FeedbackClass;
import org.postern.events.mail.MailAudit;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailDeleted;
import org.postern.events.mail.MailDirection;
import org.postern.events.mail.MailFeedback;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailReleased;
import org.postern.events.mail.MailRendered;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.SmtpSession;
import org.postern.message.MailServer;
import org.postern.message.SubmittedMail;
import org.postern.message.TestTopics;
import org.postern.message.intake.SmtpMail;
import org.postern.message.quarantine.ReleasePasses;
import org.postern.message.reception.ReceiveFromMailServer;
import org.postern.message.reception.Reception;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(PostgresDatabase.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(OidcProvider.class)
@QuarkusTestResource(MailServer.class)
class QuarantineIT {
    private static final String ALL = OidcProvider.token("mail-read-all");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Inject
    ReceiveFromMailServer mailServers;

    @Inject
    MessageStore store;

    @Inject
    AgroalDataSource database;

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
    void releasesOnceByteForByteAndTellsOfIt() {
        MessageId id = judged("rel", ScanVerdict.CLEAN, MailClass.PHISHING);
        String raw = new String(
                as("mail-content", "mail-read-all")
                        .get("/v1/messages/" + id + "/raw")
                        .asByteArray(),
                StandardCharsets.ISO_8859_1);

        // When
        Response first = release(id);
        Response second = release(id);

        // Then
        first.then().statusCode(200).body("again", equalTo(false)).body("recipients", hasSize(2));
        second.then().statusCode(200).body("again", equalTo(true)).body("release", equalTo(first.path("release")));
        assertThat(MailServer.received("subject of rel")).hasSize(2).allSatisfy(mail -> {
            assertThat(mail).contains(ReleasePasses.FIELD + ": ");
            String pass = mail.substring(mail.indexOf(ReleasePasses.FIELD));
            // An octet is a character here, and the mail server of the test drops the last line end.
            assertThat(pass.substring(pass.indexOf("\r\n") + 2).stripTrailing()).isEqualTo(raw.stripTrailing());
        });
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.told(Topic.MAIL_RELEASED, MailReleased.class, id))
                        .singleElement()
                        .satisfies(released -> assertThat(released.recipients()).hasSize(2)));
        entries(Map.of("recipient", "bob-rel@example.org"))
                .then()
                .body("entries[0].releasedAt", notNullValue())
                .body("entries[0].held", equalTo(false));
        as("policy-admin")
                .get("/v1/audit?message=" + id)
                .then()
                .statusCode(200)
                .body("acts.act", hasItems("message-released", "message-read"))
                .body("acts[0].outcome", equalTo("done"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.told(Topic.MAIL_AUDIT, MailAudit.class, id))
                        .extracting(MailAudit::act)
                        .contains(AuditedAct.MESSAGE_RELEASED, AuditedAct.MESSAGE_READ));
    }

    @Test
    void letsAReleasedMessageByOnceAndJudgesItWhenItIsReplayed() throws IOException {
        MessageId id = judged("pass", ScanVerdict.CLEAN, MailClass.PHISHING);
        release(id).then().statusCode(200);
        String sent = MailServer.received("subject of pass").getFirst();
        byte[] mail = sent.substring(sent.indexOf(ReleasePasses.FIELD)).getBytes(StandardCharsets.ISO_8859_1);

        assertThat(handedIn(mail, "eve-pass@example.org", "stranger@example.org"))
                .isInstanceOf(Reception.Taken.class);
        assertThat(handedIn(mail, "bob-pass@example.org")).isEqualTo(new Reception.Released(id));
        assertThat(handedIn(mail, "BOB-pass@example.org"))
                .isInstanceOfSatisfying(
                        Reception.Taken.class,
                        taken -> assertThat(taken.receipt().id()).isNotEqualTo(id));
        assertThat(handedIn(mail, "eve-pass@example.org")).isEqualTo(new Reception.Released(id));
    }

    @Test
    void releasesToNobodyAgainWhicheverRequestsItWasReleasedBy() {
        MessageId id = judged("apart", ScanVerdict.CLEAN, MailClass.PHISHING);
        release(id, "bob-apart@example.org").then().statusCode(200).body("again", equalTo(false));
        release(id, "eve-apart@example.org").then().statusCode(200).body("again", equalTo(false));

        release(id).then().statusCode(200).body("again", equalTo(true)).body("recipients", hasSize(2));

        assertThat(MailServer.received("subject of apart")).hasSize(2);
    }

    @Test
    void releasesToThoseWhomTheMailServerPutOffWhenItIsAskedForTheSameAgain() {
        MessageId id = judged("rest", ScanVerdict.CLEAN, MailClass.PHISHING);
        release(id, "bob-rest@example.org").then().statusCode(200);

        release(id, "bob-rest@example.org", "eve-rest@example.org")
                .then()
                .statusCode(200)
                .body("again", equalTo(false))
                .body("recipients", equalTo(List.of("eve-rest@example.org")));

        assertThat(MailServer.receivedBy("bob-rest@example.org")).hasSize(1);
        assertThat(MailServer.receivedBy("eve-rest@example.org")).hasSize(1);
    }

    private static Response release(MessageId id, String... recipients) {
        return as("quarantine-admin")
                .contentType("application/json")
                .body(Map.of("recipients", List.of(recipients)))
                .post("/v1/messages/" + id + "/release");
    }

    private Reception handedIn(byte[] mail, String... to) throws IOException {
        return mailServers.receive(
                new SmtpMail(
                        Tenant.DEFAULT,
                        new Envelope(
                                EnvelopeSender.of("ann@pass.example"),
                                Stream.of(to).map(MailAddress::of).toList()),
                        new Client("127.0.0.1", null, null),
                        MailDirection.INBOUND,
                        new SmtpSession(null, null)),
                new ByteArrayInputStream(mail),
                TraceContext.start());
    }

    @Test
    void releasesToOneRecipientAndLeavesTheOtherHeld() {
        MessageId id = judged("one", ScanVerdict.SUSPICIOUS, MailClass.HAM);

        as("quarantine-admin")
                .contentType("application/json")
                .body(Map.of("recipients", List.of("BOB-one@example.org"), "means", "caller"))
                .post("/v1/messages/" + id + "/release")
                .then()
                .statusCode(200)
                .body("recipients", equalTo(List.of("bob-one@example.org")));

        entries(Map.of("recipient", "bob-one@example.org")).then().body("entries[0].held", equalTo(false));
        entries(Map.of("recipient", "eve-one@example.org")).then().body("entries[0].held", equalTo(true));
        assertThat(MailServer.received("subject of one")).isEmpty();
    }

    @Test
    void doesNotReleaseWhatIsInfectedOrHeldFromNobodyOrForStrangers() {
        MessageId infected = judged("inf", ScanVerdict.INFECTED, MailClass.HAM);
        MessageId delivered = judged("del", ScanVerdict.CLEAN, MailClass.HAM);

        release(infected).then().statusCode(409).body("code", equalTo("release-infected"));
        release(delivered).then().statusCode(409).body("code", equalTo("nothing-to-release"));
        as("quarantine-admin")
                .contentType("application/json")
                .body(Map.of("recipients", List.of("stranger@example.org")))
                .post("/v1/messages/" + infected + "/release")
                .then()
                .statusCode(409)
                .body("code", equalTo("nothing-to-release"));
        as("policy-admin").get("/v1/audit?message=" + infected).then().body("acts[0].outcome", equalTo("refused"));
    }

    @Test
    void deletesSoThatNothingComesBack() {
        MessageId id = judged("gone", ScanVerdict.CLEAN, MailClass.PHISHING);

        // When
        as("quarantine-admin").delete("/v1/messages/" + id).then().statusCode(204);

        // Then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.told(Topic.MAIL_DELETED, MailDeleted.class, id))
                        .singleElement()
                        .satisfies(deleted -> {
                            assertThat(deleted.cause()).isEqualTo(DeletionCause.REQUESTED);
                            assertThat(deleted.objects()).hasSize(1);
                        }));
        topics.tell(TestTopics.scanned(id, 2, ScanVerdict.INFECTED));
        MailReceived received =
                topics.told(Topic.MAIL_RECEIVED, MailReceived.class, id).getFirst();
        topics.tell(received);
        MessageId later = judged("later", ScanVerdict.CLEAN, MailClass.PHISHING);
        assertThat(later).isNotEqualTo(id);
        given().auth().oauth2(ALL).get("/v1/messages/" + id).then().statusCode(404);
        as("mail-content", "mail-read-all")
                .get("/v1/messages/" + id + "/raw")
                .then()
                .statusCode(404);
        entries(Map.of("recipient", "bob-gone@example.org")).then().body("entries", hasSize(0));
        as("quarantine-admin").delete("/v1/messages/" + id).then().statusCode(404);
    }

    @Test
    void deletesWhatWasMadeOfAMessageTooWheneverItWasMade() throws IOException {
        MessageId id = judged("made", ScanVerdict.CLEAN, MailClass.HAM);
        MailRendered early = rendered(id);
        topics.tell(early);
        await().atMost(Duration.ofSeconds(30)).until(() -> isNoted(early));

        as("quarantine-admin").delete("/v1/messages/" + id).then().statusCode(204);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.told(Topic.MAIL_DELETED, MailDeleted.class, id))
                        .singleElement()
                        .satisfies(deleted -> assertThat(deleted.objects())
                                .hasSize(2)
                                .contains(early.rendition().id())));
        MailRendered late = rendered(id);
        topics.tell(late);

        for (MailRendered each : List.of(early, late)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThatThrownBy(() -> store.open(each.rendition()))
                            .isInstanceOf(ObjectMissingException.class));
        }
    }

    private boolean isNoted(MailRendered rendered) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select from message.derived where object_id = ?")) {
            select.setString(1, rendered.rendition().id().value());
            return select.executeQuery().next();
        }
    }

    private MailRendered rendered(MessageId id) throws IOException {
        ObjectReference rendition =
                store.put(Tenant.DEFAULT, new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)), 100);
        return new MailRendered(id, Tenant.DEFAULT, rendition, 0, 0, Instant.now());
    }

    @Test
    void findsByEveryFilter() {
        MessageId id = judged("find", ScanVerdict.CLEAN, MailClass.PHISHING);
        for (Map<String, String> query : List.of(
                Map.of("disposition", "quarantine"),
                Map.of("sender-domain", "find.example"),
                Map.of("class", "phishing"),
                Map.of("since", "2020-01-01T00:00:00Z", "until", "2100-01-01T00:00:00Z"),
                Map.of("reason", "somebody else"),
                Map.of("released", "false"))) {
            Map<String, String> one = new java.util.HashMap<>(query);
            one.put("recipient", "BOB-find@example.org");
            entries(one)
                    .then()
                    .statusCode(200)
                    .body("entries", hasSize(1))
                    .body("entries[0].id", equalTo(id.toString()))
                    .body("entries[0].recipient", equalTo("bob-find@example.org"));
        }
        for (Map<String, String> query : List.of(
                Map.of("disposition", "junk"),
                Map.of("sender-domain", "<>"),
                Map.of("class", "spam"),
                Map.of("until", "2020-01-01T00:00:00Z"),
                Map.of("reason", "'; drop table message.mail; --"),
                Map.of("released", "true"))) {
            Map<String, String> none = new java.util.HashMap<>(query);
            none.put("recipient", "bob-find@example.org");
            entries(none).then().statusCode(200).body("entries", hasSize(0));
        }
    }

    @Test
    void pagesWithoutLossAndTakesNoForeignCursor() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            expected.addFirst(judged("page", ScanVerdict.CLEAN, MailClass.SPAM).toString());
        }
        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            Map<String, String> query =
                    new java.util.HashMap<>(Map.of("recipient", "bob-page@example.org", "limit", "2"));
            if (cursor != null) {
                query.put("cursor", cursor);
            }
            Response page = entries(query);
            page.then().statusCode(200);
            found.addAll(page.jsonPath().getList("entries.id"));
            cursor = page.path("next") == null ? cursor : page.path("next");
            if (page.path("next") == null) {
                break;
            }
        } while (found.size() < 20);
        assertThat(found).isEqualTo(expected);
        for (String forged : List.of(
                "x",
                cursor + "A",
                cursor.replace(cursor.charAt(3), cursor.charAt(3) == 'A' ? 'B' : 'A'),
                cursor.substring(0, cursor.indexOf('.')) + ".AAAA")) {
            entries(Map.of("recipient", "bob-page@example.org", "cursor", forged))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("cursor-invalid"));
        }
        // A good one, of another search.
        entries(Map.of("recipient", "eve-page@example.org", "cursor", cursor))
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/bad-queries.csv", numLinesToSkip = 1)
    void refusesAQueryThatIsWrongAndNamesTheParameter(String name, String value) {
        entries(Map.of(name, value))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("query-malformed"))
                .body("field", equalTo(name))
                .body("detail", not(containsString(value)));
    }

    @Test
    void showsAReaderTheirOwnMailOnly() {
        MessageId id = judged("own", ScanVerdict.CLEAN, MailClass.PHISHING);
        String bob = OidcProvider.tokenOf("bob-own@example.org", "mail-read-own", "mail-content");
        String zoe = OidcProvider.tokenOf("zoe@example.org", "mail-read-own", "mail-content");

        given().auth()
                .oauth2(bob)
                .get("/v1/messages")
                .then()
                .statusCode(200)
                .body("entries", hasSize(1))
                .body("entries[0].recipient", equalTo("bob-own@example.org"));
        given().auth()
                .oauth2(bob)
                .get("/v1/messages?recipient=eve-own@example.org")
                .then()
                .statusCode(403)
                .body("code", equalTo("recipient-not-yours"));
        given().auth().oauth2(zoe).get("/v1/messages").then().statusCode(200).body("entries", hasSize(0));
        given().auth().oauth2(zoe).get("/v1/messages/" + id + "/raw").then().statusCode(404);
        given().auth().oauth2(bob).get("/v1/messages/" + id + "/raw").then().statusCode(200);
        given().auth()
                .oauth2(OidcProvider.token("mail-read-own"))
                .get("/v1/messages")
                .then()
                .statusCode(403);
    }

    @Test
    void showsAnotherTenantNothing() {
        MessageId id = judged("tenant", ScanVerdict.CLEAN, MailClass.PHISHING);
        String foreign = OidcProvider.tokenOfTenant(
                "another", "mail-read-all", "mail-content", "quarantine-admin", "policy-admin", "mail-train");

        given().auth()
                .oauth2(foreign)
                .get("/v1/messages")
                .then()
                .statusCode(200)
                .body("entries", hasSize(0));
        for (String path : List.of("", "/raw", "/explain")) {
            given().auth()
                    .oauth2(foreign)
                    .get("/v1/messages/" + id + path)
                    .then()
                    .statusCode(404);
        }
        given().auth()
                .oauth2(foreign)
                .contentType("application/json")
                .body("{}")
                .post("/v1/messages/" + id + "/release")
                .then()
                .statusCode(404);
        given().auth().oauth2(foreign).delete("/v1/messages/" + id).then().statusCode(404);
        given().auth()
                .oauth2(foreign)
                .post("/v1/messages/" + id + "/rescan")
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(foreign)
                .get("/v1/audit?message=" + id)
                .then()
                .statusCode(200)
                .body("acts", hasSize(0));
    }

    @Test
    void givesContentThatABrowserDoesNotRun() {
        MessageId id = judged("att", ScanVerdict.CLEAN, MailClass.PHISHING);
        RequestSpecification reader = as("mail-content", "mail-read-all");

        reader.get("/v1/messages/" + id + "/raw")
                .then()
                .statusCode(200)
                .contentType(containsString("message/rfc822"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Content-Security-Policy", containsString("sandbox"))
                .header(
                        "Content-Disposition",
                        equalTo("attachment; filename=\"" + id + ".eml\"; filename*=UTF-8''" + id + ".eml"))
                .body(containsString("<script>"));
        reader.get("/v1/messages/" + id + "/attachments/2")
                .then()
                .statusCode(200)
                .contentType("application/octet-stream")
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Content-Security-Policy", equalTo("default-src 'none'; sandbox"))
                .header("Cache-Control", equalTo("no-store"))
                .header(
                        "Content-Disposition",
                        equalTo("attachment; filename=\"r_sum_.html\"; filename*=UTF-8''r%C3%A9sum%C3%A9.html"))
                .body(equalTo("<script>alert(1)</script>"));
        as("policy-admin").get("/v1/audit?message=" + id).then().body("acts.target", hasItems("raw", "part 2"));
    }

    @Test
    void givesAPartToThoseItIsDeliveredToOnly() {
        MessageId clean = judged("part", ScanVerdict.CLEAN, MailClass.HAM);
        MessageId held = judged("partheld", ScanVerdict.CLEAN, MailClass.PHISHING);
        MessageId infected = judged("partinf", ScanVerdict.INFECTED, MailClass.HAM);
        String bob = OidcProvider.tokenOf("bob-part@example.org", "mail-read-own", "mail-content");
        String holder = OidcProvider.tokenOf("bob-partheld@example.org", "mail-read-own", "mail-content");

        part(bob, clean, "2").then().statusCode(200);
        part(bob, clean, "3").then().statusCode(404).body("code", equalTo("part-unknown"));
        part(bob, clean, "2.x").then().statusCode(400).body("field", equalTo("part"));
        part(bob, held, "2").then().statusCode(404).body("code", equalTo("message-unknown"));
        part(OidcProvider.token("mail-read-all"), clean, "2").then().statusCode(403);
        part(holder, held, "2").then().statusCode(403).body("code", equalTo("rendition-withheld"));
        release(held).then().statusCode(200);
        part(holder, held, "2").then().statusCode(200);
        part(OidcProvider.token("mail-content", "mail-read-all"), infected, "1")
                .then()
                .statusCode(403)
                .body("code", equalTo("attachment-infected"));
    }

    private static Response part(String token, MessageId id, String part) {
        return given().auth().oauth2(token).get("/v1/messages/" + id + "/attachments/" + part);
    }

    @Test
    void tellsWhatAMessageIsSaidToBeAndHasItLookedAtAgain() {
        MessageId id = judged("feed", ScanVerdict.CLEAN, MailClass.SPAM);
        for (String said : List.of("spam", "ham")) {
            as("mail-train")
                    .contentType("application/json")
                    .body(Map.of("class", said))
                    .post("/v1/messages/" + id + "/feedback")
                    .then()
                    .statusCode(202);
        }
        as("quarantine-admin").post("/v1/messages/" + id + "/rescan").then().statusCode(202);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.told(Topic.MAIL_FEEDBACK, MailFeedback.class, id))
                        .extracting(MailFeedback::revision, MailFeedback::mailClass)
                        .containsExactly(
                                org.assertj.core.groups.Tuple.tuple(1, FeedbackClass.SPAM),
                                org.assertj.core.groups.Tuple.tuple(2, FeedbackClass.HAM)));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.told(Topic.MAIL_RECEIVED, MailReceived.class, id))
                        .hasSize(2));
        as("mail-train")
                .contentType("application/json")
                .body(Map.of("class", "bulk"))
                .post("/v1/messages/" + id + "/feedback")
                .then()
                .statusCode(400)
                .body("field", equalTo("class"));
    }

    @Test
    void doesMuchAtOnceAndSaysWhatBecameOfEach() {
        MessageId one = judged("bulk", ScanVerdict.CLEAN, MailClass.PHISHING);
        MessageId other = MessageId.random();

        as("quarantine-admin")
                .contentType("application/json")
                .body(Map.of("ids", List.of(one.toString(), other.toString(), one.toString())))
                .post("/v1/messages/bulk/delete")
                .then()
                .statusCode(200)
                .body("outcomes", hasSize(2))
                .body("outcomes[0].status", equalTo(200))
                .body("outcomes[0].code", nullValue())
                .body("outcomes[1].status", equalTo(404))
                .body("outcomes[1].code", equalTo("message-unknown"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"ids\":[]}", "{\"ids\":\"x\"}", "[]", "null", "{\"ids\":[null]}"})
    void refusesABulkRequestWithoutIds(String body) {
        as("quarantine-admin")
                .contentType("application/json")
                .body(body)
                .post("/v1/messages/bulk/delete")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void asksForTheRole() {
        MessageId id = MessageId.random();
        given().get("/v1/messages").then().statusCode(401);
        as("mail-submit").get("/v1/messages").then().statusCode(403);
        as("mail-read-all").delete("/v1/messages/" + id).then().statusCode(403);
        as("mail-read-all").get("/v1/messages/" + id + "/raw").then().statusCode(403);
        as("quarantine-admin").get("/v1/audit").then().statusCode(403);
    }

    private MessageId judged(String name, ScanVerdict verdict, MailClass mailClass) {
        MessageId id = SubmittedMail.submit(
                mail(name), "ann@" + name + ".example", "bob-" + name + "@example.org", "eve-" + name + "@example.org");
        topics.tell(id, verdict, mailClass);
        SubmittedMail.awaitSettled(id);
        return id;
    }

    private static byte[] mail(String name) {
        return ("From: ann@" + name + ".example\r\nTo: bob@example.org\r\nSubject: subject of " + name + " "
                        + UUID.randomUUID()
                        + "\r\n"
                        + "MIME-Version: 1.0\r\n"
                        + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                        + "--b\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Transfer-Encoding: 8bit\r\n\r\n"
                        + ".a dot, and h\u00e9\r\n"
                        + "--b\r\n"
                        + "Content-Type: text/html\r\n"
                        + "Content-Disposition: attachment; filename=\"=?utf-8?q?r=C3=A9sum=C3=A9.html?=\"\r\n\r\n"
                        + "<script>alert(1)</script>\r\n"
                        + "--b--\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Response release(MessageId id) {
        return as("quarantine-admin")
                .contentType("application/json")
                .body("{}")
                .post("/v1/messages/" + id + "/release");
    }

    private static Response entries(Map<String, String> query) {
        return given().auth().oauth2(ALL).queryParams(query).get("/v1/messages");
    }

    private static RequestSpecification as(String... roles) {
        return given().auth().oauth2(OidcProvider.token(roles));
    }
}
