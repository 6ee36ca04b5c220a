package org.postern.message.rest;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.MailServer;
import org.postern.message.SubmittedMail;
import org.postern.message.TestTopics;
import org.postern.message.digest.DigestLinks;
import org.postern.message.digest.SendDigests;
import org.postern.mime.Limits;
import org.postern.mime.MailWalk;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.StoreFolder;

/** Letters to readers, and what their links do. Their way through a real mail server is in MilterE2E. */
@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(PostgresDatabase.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(OidcProvider.class)
@QuarkusTestResource(MailServer.class)
class DigestIT {
    private static final Pattern LINK = Pattern.compile("https://postern.example.org(/v1/digest/[A-Za-z0-9_.-]+)");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Inject
    SendDigests digests;

    @Inject
    DigestLinks links;

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
    void aReaderIsToldOnceOfWhatIsHeldAndReleasesTheirOwnMailByItsLink() throws Exception {
        String bob = "bob@digest.example";
        String eve = "eve@digest.example";
        MessageId bulk = judged("bulk <b>", MailClass.HAM, bob, eve, "zoe@elsewhere.example");
        judged("your bank http://bank.example", MailClass.PHISHING, bob);
        judged("wanted", MailClass.SPAM, bob);
        yesterday();

        digests.sweep();
        digests.sweep();

        String letter = onlyLetterTo(bob);
        assertThat(letter)
                .contains(
                        "Messages retenus pour vous",
                        "bulk <b>",
                        "your bank [link] //bank[.]example",
                        "ann@digest[.]sender")
                .doesNotContain("wanted");
        assertThat(onlyLetterTo(eve)).contains("bulk <b>").doesNotContain("your bank");
        assertThat(MailServer.lettersTo("zoe@elsewhere.example"))
                .as("nobody asked for them there")
                .isEmpty();
        List<String> found =
                LINK.matcher(letter).results().map(MatchResult::group).toList();
        assertThat(found).as("none for what tries to pass for somebody else").hasSize(1);
        String link = found.getFirst().substring("https://postern.example.org".length());

        for (int i = 0; i < 2; i++) {
            given().get(link)
                    .then()
                    .statusCode(200)
                    .contentType("text/html;charset=UTF-8")
                    .header(
                            "Content-Security-Policy",
                            startsWith("default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"))
                    .header("Referrer-Policy", equalTo("no-referrer"))
                    .header("Cache-Control", equalTo("no-store"))
                    .header("X-Content-Type-Options", equalTo("nosniff"))
                    .body(containsString("<form method=\"post\">"))
                    .body(containsString("bulk &lt;b&gt;"))
                    .body(not(containsString(bob)));
        }
        given().head(link).then().statusCode(200);
        assertThat(releasedTo(bob)).as("to look changes nothing").isEmpty();

        given().contentType("application/x-www-form-urlencoded")
                .post(link)
                .then()
                .statusCode(200)
                .body(containsString("Le message est lib"))
                .body(not(containsString("<form")));
        given().post(link).then().statusCode(200).body(containsString("d\u00e9j\u00e0"));
        given().get(link).then().statusCode(200).body(not(containsString("<form")));
        assertThat(releasedTo(bob)).hasSize(1);
        assertThat(releasedTo(eve)).isEmpty();
        given().auth()
                .oauth2(OidcProvider.token("policy-admin"))
                .get("/v1/audit?message=" + bulk)
                .then()
                .body("acts.act", hasItem("message-released"))
                .body("acts[0].actor", startsWith("recipient:"))
                .body("acts[0].actor", not(containsString("@")));
    }

    @Test
    void refusesLinksThatAreForgedForeignOverOrOfWhatMayNotBeReleased() throws Exception {
        String dan = "dan@digest.example";
        MessageId harmless = judged("harmless", MailClass.HAM, dan, "zoe@elsewhere.example");
        MessageId phishing = judged("phishing", MailClass.PHISHING, dan);
        String good = "/v1/digest/" + write(harmless, dan);

        for (String forged : List.of(
                "x",
                good.substring("/v1/digest/".length()) + "A",
                good.substring("/v1/digest/".length()).replace(".", ".A"),
                ".",
                "%00",
                "a".repeat(2000))) {
            refused("/v1/digest/" + forged, 404);
        }
        refused("/v1/digest/" + write(phishing, dan), 409);
        refused("/v1/digest/" + write(harmless, "eve@digest.example"), 410);
        refused("/v1/digest/" + write(harmless, "zoe@elsewhere.example"), 410);
        refused("/v1/digest/" + write(MessageId.random(), dan), 410);
        refused("/v1/digest/" + links.write(Tenant.of("another"), harmless, MailAddress.of(dan)), 410);
        assertThat(releasedTo(dan)).isEmpty();
        given().post(good).then().statusCode(200);
        assertThat(releasedTo(dan)).hasSize(1);
    }

    private static void refused(String link, int status) {
        given().urlEncodingEnabled(false).get(link).then().statusCode(status).body(not(containsString("<form")));
        given().urlEncodingEnabled(false).post(link).then().statusCode(status);
    }

    private String write(MessageId id, String reader) {
        return links.write(Tenant.DEFAULT, id, MailAddress.of(reader));
    }

    private MessageId judged(String subject, MailClass mailClass, String... to) {
        byte[] mail = ("From: ann@digest.sender\r\nSubject: " + subject + "\r\n\r\nthe body\r\n").getBytes(UTF_8);
        MessageId id = SubmittedMail.submit(mail, "ann@digest.sender", to);
        // What cannot be looked into is quarantined, and may be released.
        topics.tell(id, mailClass == MailClass.HAM ? ScanVerdict.UNSCANNABLE : ScanVerdict.CLEAN, mailClass);
        SubmittedMail.awaitSettled(id);
        return id;
    }

    /** Letters are due at a time of the day, for what was received before it. */
    private void yesterday() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update message.entry set received_at = received_at - interval '1 day'")) {
            update.executeUpdate();
        }
    }

    private static String onlyLetterTo(String reader) throws IOException {
        List<String> letters = MailServer.lettersTo(reader);
        assertThat(letters).singleElement().asString().contains("Auto-Submitted: auto-generated");
        Map<String, String> parts = new HashMap<>();
        MailWalk.through(
                new ByteArrayInputStream(letters.getFirst().getBytes(ISO_8859_1)),
                Limits.defaults(),
                (part, decoded) -> parts.put(part.mediaType(), new String(decoded.readAllBytes(), UTF_8)));
        return String.valueOf(parts.get("text/plain"));
    }

    private static List<String> releasedTo(String reader) {
        return MailServer.receivedBy(reader).stream()
                .filter(mail -> mail.contains("X-Postern-Release: "))
                .toList();
    }
}
