package org.postern.message.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.MessageId;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.MailServer;
import org.postern.message.SubmittedMail;
import org.postern.message.TestTopics;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.StoreFolder;

/** The policy, the lists and a message's life, as an administrator asks for them. */
@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(PostgresDatabase.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(OidcProvider.class)
@QuarkusTestResource(MailServer.class)
class PolicyIT {
    private static final String LENIENT = """
        version: 1
        rules:
          - {name: all, then: {disposition: deliver, reason: all, text: Everything.}}
        """;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @TestHTTPResource
    URI service;

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
    void showsThePolicyInForce() {
        admin().get("/v1/policy")
                .then()
                .statusCode(200)
                .body("mistake", nullValue())
                .body("text", containsString("nothing-against-it"));
    }

    @Test
    void checksAPolicyAndSaysWhereItIsWrong() {
        yaml(LENIENT).post("/v1/policy/check").then().statusCode(200).body("valid", equalTo(true));
        yaml(LENIENT.replace("deliver", "dleiver"))
                .post("/v1/policy/check")
                .then()
                .statusCode(200)
                .body("valid", equalTo(false))
                .body("line", equalTo(3))
                .body("column", equalTo(37))
                .body("mistake", containsString("rules[0].then.disposition"));
        yaml("x".repeat(600 * 1024)).post("/v1/policy/check").then().statusCode(413);
        yaml(LENIENT.replace("deliver", "dleiver"))
                .post("/v1/policy/dry-run")
                .then()
                .statusCode(400)
                .body("code", equalTo("policy-invalid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10001", "x", "1;drop table message.mail"})
    void triesAPolicyOnANumberOfMessages(String last) {
        yaml(LENIENT)
                .queryParam("last", last)
                .post("/v1/policy/dry-run")
                .then()
                .statusCode(400)
                .body("field", equalTo("last"));
    }

    @Test
    void saysWhatAnotherPolicyWouldHaveDoneAndWhichRuleDecides() {
        MessageId id = judged("bob@try.example", "ann@sender.example", MailClass.PHISHING);

        yaml(LENIENT)
                .queryParam("last", "50")
                .post("/v1/policy/dry-run")
                .then()
                .statusCode(200)
                .body("messages", greaterThan(0))
                .body("moves.'quarantine -> deliver'", greaterThan(0))
                .body("examples.id", hasItem(id.toString()));
        admin().get("/v1/messages/" + id + "/explain")
                .then()
                .statusCode(200)
                .body("recipients[0].disposition", equalTo("quarantine"))
                .body("recipients[0].rule", equalTo("phishing"));
        admin().get("/v1/messages/" + MessageId.random() + "/explain").then().statusCode(404);
    }

    @Test
    void judgesByAListUntilItsEntryExpires() {
        String id = admin().contentType("application/json")
                .body(Map.of("list", "block", "about", "*.blocked.example", "scope", "listed.example"))
                .post("/v1/lists")
                .then()
                .statusCode(201)
                .body("holds", equalTo(true))
                .extract()
                .path("id");
        admin().contentType("application/json")
                .body(Map.of(
                        "list",
                        "block",
                        "about",
                        "expired.example",
                        "expiresAt",
                        Instant.now().minusSeconds(1).toString()))
                .post("/v1/lists")
                .then()
                .statusCode(201)
                .body("holds", equalTo(false));

        // An entry counts within two seconds.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> "blocked".equals(reason("bob@listed.example", "ann@a.blocked.example")));
        assertThat(reason("bob@other.example", "ann@a.blocked.example")).isEqualTo("nothing-found");
        assertThat(reason("bob@listed.example", "ann@expired.example")).isEqualTo("nothing-found");

        admin().delete("/v1/lists/" + id).then().statusCode(204);
        admin().delete("/v1/lists/" + id).then().statusCode(404);
        admin().get("/v1/audit").then().body("acts.detail", hasItem("removed-block"));
    }

    @ParameterizedTest
    @CsvSource({
        "grey, a.example, , , list",
        "block, , , , about",
        "block, not a domain, , , entry",
        "block, 192.0.2.0/99, , , entry",
        "block, a.example, '; drop table', , entry",
        "block, a.example, , tomorrow, expiresAt"
    })
    void refusesAnEntryThatIsNone(String list, String about, String scope, String expiresAt, String field) {
        Map<String, String> entry = new HashMap<>();
        entry.put("list", list);
        entry.put("about", about);
        entry.put("scope", scope);
        entry.put("expiresAt", expiresAt);
        String named = field.equals("list") ? "entry" : field;
        admin().contentType("application/json")
                .body(entry)
                .post("/v1/lists")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("list-entry-malformed"))
                .body("field", equalTo(named));
    }

    @Test
    void asksForTheRoleOfAnAdministratorOfThePolicy() {
        for (String path : List.of("/v1/policy", "/v1/lists", "/v1/messages/" + MessageId.random() + "/explain")) {
            given().get(path).then().statusCode(401);
            given().auth()
                    .oauth2(OidcProvider.token("quarantine-admin", "mail-read-all"))
                    .get(path)
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void followsAMessagesLifeAsItGoesOn() throws Exception {
        MessageId id = submitted("bob@live.example", "ann@sender.example");
        List<String> lines = new CopyOnWriteArrayList<>();
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/v1/messages/" + id + "/events"))
                .header("Authorization", "Bearer " + OidcProvider.tokenOf("bob@live.example", "mail-read-own"))
                .header("Accept", "text/event-stream")
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            Thread reader = Thread.ofVirtual().start(() -> read(response.body(), lines));
            await().atMost(Duration.ofSeconds(30)).until(() -> events(lines) >= 1);
            assertThat(String.join("\n", lines)).contains("\"pending\"").doesNotContain("\"disposition\"");

            tell(id, MailClass.HAM);

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(newest(lines))
                    .contains("\"disposition\":\"deliver\"", "\"settled\":true"));
            response.body().close();
            reader.join(Duration.ofSeconds(10));
            client.shutdownNow();
        }
        given().auth()
                .oauth2(OidcProvider.tokenOf("eve@live.example", "mail-read-own"))
                .get("/v1/messages/" + id + "/events")
                .then()
                .statusCode(404);
    }

    private static long events(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("data:")).count();
    }

    private static String newest(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("data:"))
                .reduce((first, second) -> second)
                .orElse("");
    }

    private static void read(InputStream stream, List<String> lines) {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            Stream.generate(() -> {
                        try {
                            return reader.readLine();
                        } catch (IOException e) {
                            return null;
                        }
                    })
                    .takeWhile(line -> line != null)
                    .forEach(lines::add);
        } catch (IOException e) {
            // Closed by the test.
        }
    }

    private String reason(String to, String from) {
        MessageId id = judged(to, from, MailClass.HAM);
        return given().auth()
                .oauth2(OidcProvider.token("mail-read-all"))
                .get("/v1/messages/" + id)
                .path("recipients[0].reasons[0].code");
    }

    private MessageId judged(String to, String from, MailClass mailClass) {
        MessageId id = submitted(to, from);
        tell(id, mailClass);
        SubmittedMail.awaitSettled(id);
        return id;
    }

    private void tell(MessageId id, MailClass mailClass) {
        topics.tell(id, ScanVerdict.CLEAN, mailClass);
    }

    private static MessageId submitted(String to, String from) {
        return SubmittedMail.submit("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII), from, to);
    }

    private static RequestSpecification admin() {
        return given().auth().oauth2(OidcProvider.token("policy-admin"));
    }

    private static RequestSpecification yaml(String text) {
        return admin().contentType("application/yaml").body(text.getBytes(StandardCharsets.UTF_8));
    }
}
