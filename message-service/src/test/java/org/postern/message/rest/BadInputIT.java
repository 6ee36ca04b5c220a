package org.postern.message.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.codec.Topic;
import org.postern.message.TestMails;
import org.postern.message.TestTopics;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.StoreFolder;

/** Each refusal has its code, and leaves nothing in the store and nothing on the topic. */
@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(PostgresDatabase.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(OidcProvider.class)
class BadInputIT {
    private static final long LIMIT = 50L * 1024 * 1024;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @ConfigProperty(name = "postern.store.root")
    Path store;

    @TestHTTPResource("/v1/messages")
    URL url;

    private TestTopics topics;
    private long toldBefore;
    private List<Path> storedBefore = List.of();

    @BeforeEach
    void look() throws IOException {
        topics = new TestTopics(bootstrap);
        toldBefore = topics.records(Topic.MAIL_RECEIVED).count();
        storedBefore = stored();
    }

    @AfterEach
    void findsNothingHalfStored() throws IOException {
        assertThat(topics.records(Topic.MAIL_RECEIVED).count()).isEqualTo(toldBefore);
        assertThat(stored()).isEqualTo(storedBefore);
        topics.close();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/bad-headers.csv", numLinesToSkip = 1, nullValues = "-")
    void refusesAHeader(String header, String value, int status, String code) {
        var request = submitter().contentType("message/rfc822");
        for (String name : List.of("Envelope-From", "Envelope-To")) {
            if (!name.equals(header)) {
                request.header(name, "ann@example.org");
            }
        }
        if (value != null) {
            request.header(header, value);
        }

        request.body(TestMails.plain("header"))
                .post("/v1/messages")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("code", equalTo(code))
                .body("field", equalTo(header));
    }

    @Test
    void refusesOneThousandAndOneRecipients() {
        submitter()
                .contentType("message/rfc822")
                .header("Envelope-From", "<>")
                .header("Envelope-To", recipients(1001))
                .body(TestMails.plain("many"))
                .post("/v1/messages")
                .then()
                .statusCode(400)
                .body("code", equalTo("too-many-recipients"))
                .body("detail", containsString("1000"));
    }

    @Test
    void refusesAnEmptyBody() {
        submitting(new byte[0]).then().statusCode(400).body("code", equalTo("body-empty"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello, this is no mail at all.",
                "\r\nFrom: too@late.example\r\n\r\nText",
                "{\"a\": 1}",
                "<html><body>x</body></html>"
            })
    void refusesWhatIsNoMail(String text) {
        submitting(bytes(text)).then().statusCode(400).body("code", equalTo("not-a-mail"));
    }

    @Test
    void refusesNulBytesInTheHeaderBlock() {
        submitting(bytes("From: a@example.org\r\nSubject: x\0y\r\n\r\nText"))
                .then()
                .statusCode(400)
                .body("code", equalTo("nul-bytes"));
    }

    @Test
    void refusesAHeaderBlockThatDoesNotEnd() {
        submitting(bytes("From: a@example.org\r\n" + "X-Long: x\r\n".repeat(100_000)))
                .then()
                .statusCode(400)
                .body("code", equalTo("header-block-too-large"));
    }

    @Test
    void refusesAnotherMediaTypeAndNone() throws Exception {
        enveloped()
                .contentType("text/plain")
                .body("x")
                .post("/v1/messages")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("code", equalTo("media-type-unsupported"));

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        request().POST(HttpRequest.BodyPublishers.ofString("x")).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("media-type-unsupported");
    }

    @Test
    void refusesABodyOverTheLimitAndNamesIt() throws Exception {
        for (boolean announced : List.of(true, false)) {
            HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofInputStream(() -> large(LIMIT + 1));
            HttpRequest request = request()
                    .header("Content-Type", "message/rfc822")
                    .POST(announced ? HttpRequest.BodyPublishers.fromPublisher(body, LIMIT + 1) : body)
                    .build();
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.body()).contains("\"message-too-large\"", String.valueOf(LIMIT));
        }
    }

    @Test
    void keepsNothingOfATruncatedUpload() throws Exception {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + OidcProvider.token("mail-submit")
                    + "\r\nContent-Type: message/rfc822\r\nEnvelope-From: <>\r\nEnvelope-To: bob@example.org\r\n"
                    + "Content-Length: 100000\r\n\r\nFrom: a@example.org\r\n\r\nThe rest is miss"));
            out.flush();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Files.exists(store) && !stored().equals(storedBefore));
        }

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(stored())
                .isEqualTo(storedBefore));
    }

    @Test
    void refusesWithoutATokenAndWithoutTheRole() {
        given().contentType("message/rfc822")
                .body(TestMails.plain("x"))
                .post("/v1/messages")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", notNullValue());
        given().auth()
                .oauth2(OidcProvider.token("mail-read-all"))
                .contentType("message/rfc822")
                .body(TestMails.plain("x"))
                .post("/v1/messages")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    private static io.restassured.response.Response submitting(byte[] body) {
        return enveloped().contentType("message/rfc822").body(body).post("/v1/messages");
    }

    private static RequestSpecification enveloped() {
        return submitter().header("Envelope-From", "<>").header("Envelope-To", "bob@example.org");
    }

    private static RequestSpecification submitter() {
        return given().auth().oauth2(OidcProvider.token("mail-submit"));
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create(url.toString()))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + OidcProvider.token("mail-submit"))
                .header("Envelope-From", "<>")
                .header("Envelope-To", "bob@example.org");
    }

    private static InputStream large(long size) {
        byte[] head = bytes("From: a@example.org\r\n\r\n");
        return new SequenceInputStream(new ByteArrayInputStream(head), new InputStream() {
            private long left = size - head.length;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int n = (int) Math.min(left, length);
                java.util.Arrays.fill(into, offset, offset + n, (byte) 'x');
                left -= n;
                return n;
            }
        });
    }

    private static String recipients(int count) {
        return IntStream.range(0, count).mapToObj(i -> "r" + i + "@example.org").collect(Collectors.joining(","));
    }

    private List<Path> stored() throws IOException {
        if (!Files.exists(store)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (java.io.UncheckedIOException e) {
            // A file went away while we looked.
            return stored();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
