package org.postern.spam.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPEndpoint;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.spam.AssessorContract;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.RspamdEngine;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(RspamdEngine.class)
@QuarkusTestResource(OidcProvider.class)
class AssessResourceIT {
    private static final long LIMIT = 50L * 1024 * 1024;
    private static final byte[] PLAIN = AssessorContract.mail("See you at ten, in the usual place.");

    @TestHTTPEndpoint(AssessResource.class)
    @TestHTTPResource
    URL url;

    @Test
    void givesAPersonAReportAndExplainsPhishingThatTheEnginePasses() {
        byte[] phishing = """
            From: "PayPal Service" <office@example.com>
            To: reader@firm.example
            Subject: Your account has been limited
            Content-Type: text/html

            <p>Your account has been limited. Verify your account.</p><a href="https://shop.web.app/">Go</a>
            """.getBytes(StandardCharsets.UTF_8);
        submitter(phishing)
                .accept("text/plain")
                .header("Accept-Language", "fr")
                .post("/v1/assess")
                .then()
                .statusCode(200)
                .contentType("text/plain")
                .body(containsString("phishing"), containsString("L'expéditeur se présente comme PayPal"));
        submitter(phishing)
                .post("/v1/assess")
                .then()
                .statusCode(200)
                .body("class", equalTo("phishing"))
                .body("findings.code", hasItem("display-name-brand"))
                .body("authentication.identities.headerFrom", equalTo("example.com"));
    }

    @Test
    void takesAPlainMailForHamAndTellsWhatThereIsToVerify() {
        submitter(PLAIN)
                .header("Envelope-From", "alice@example.org")
                .header("Envelope-To", "bob@example.org, carol@example.org")
                .header("Client-Ip", "192.0.2.1")
                .header("Client-Helo", "mail.example.org")
                .header("Client-Hostname", "mail.example.org")
                .post("/v1/assess")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Retry-After", nullValue())
                .body("class", equalTo("ham"))
                .body("authentication.spf", equalTo("none"))
                .body("authentication.dkim", hasSize(0))
                .body("authentication.dmarc", equalTo("none"))
                .body("engine.name", equalTo("rspamd"));
    }

    @Test
    void needsNoEnvelope() {
        submitter(PLAIN).post("/v1/assess").then().statusCode(200).body("class", equalTo("ham"));
    }

    @Test
    void takesTheTestMailForSpam() {
        submitter(AssessorContract.gtube())
                .post("/v1/assess")
                .then()
                .statusCode(200)
                .body("class", equalTo("spam"))
                .body("findings.code", hasItem("test-pattern"));
    }

    @Test
    void takesAMailFromTheNullSender() {
        submitter(PLAIN).header("Envelope-From", "<>").post("/v1/assess").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Envelope-From, not an address, envelope-from-malformed",
        "Envelope-From, a@b..c, envelope-from-malformed",
        "Envelope-To, 'a@example.org, b', envelope-to-malformed",
        "Client-Ip, 300.1.1.1, client-ip-malformed",
        "Client-Ip, localhost, client-ip-malformed",
        "Client-Ip, fe80::1%eth0, client-ip-malformed",
        "Client-Helo, two words, client-helo-malformed",
        "Client-Hostname, -bad-.example, client-hostname-malformed"
    })
    void refusesAMalformedEnvelopeAndNamesTheHeader(String header, String value, String code) {
        submitter(PLAIN)
                .header(header, value)
                .post("/v1/assess")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("field", equalTo(header));
    }

    @Test
    void refusesAHeaderThatIsGivenTwice() {
        submitter(PLAIN)
                .header("Client-Ip", "192.0.2.1", "192.0.2.2")
                .post("/v1/assess")
                .then()
                .statusCode(400)
                .body("code", equalTo("client-ip-malformed"));
    }

    @Test
    void refusesMoreThanAThousandRecipients() {
        String list =
                IntStream.range(0, 1001).mapToObj(i -> "u" + i + "@example.org").collect(Collectors.joining(","));

        submitter(PLAIN)
                .header("Envelope-To", list)
                .post("/v1/assess")
                .then()
                .statusCode(400)
                .body("code", equalTo("too-many-recipients"));
    }

    @Test
    void refusesAnEmptyBody() {
        given().auth()
                .oauth2(OidcProvider.token("mail-submit"))
                .contentType("message/rfc822")
                .post("/v1/assess")
                .then()
                .statusCode(400)
                .body("code", equalTo("body-empty"));
    }

    @Test
    void refusesWhatIsNoMail() {
        submitter("PK\u0003\u0004 this is something else".getBytes(StandardCharsets.US_ASCII))
                .post("/v1/assess")
                .then()
                .statusCode(400)
                .body("code", equalTo("not-a-mail"));
    }

    @Test
    void refusesAnotherMediaType() {
        given().auth()
                .oauth2(OidcProvider.token("mail-submit"))
                .contentType("text/plain")
                .body(PLAIN)
                .post("/v1/assess")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("code", equalTo("media-type-unsupported"));
    }

    @Test
    void refusesAMailThatIsAnnouncedTooLargeBeforeItComes() throws Exception {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/assess HTTP/1.1\r\n"
                            + "Host: localhost\r\n"
                            + "Content-Type: message/rfc822\r\n"
                            + "Authorization: Bearer "
                            + OidcProvider.token("mail-submit") + "\r\nContent-Length: " + (LIMIT + 1)
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[1000];
            int length = socket.getInputStream().read(answer);

            assertThat(new String(answer, 0, length, StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 413")
                    .contains("body-too-large")
                    .contains("" + LIMIT);
        }
    }

    @Test
    void refusesAChunkedMailThatTurnsOutTooLarge() {
        byte[] large = new byte[(int) LIMIT + 1];
        java.util.Arrays.fill(large, (byte) 'a');
        System.arraycopy(PLAIN, 0, large, 0, PLAIN.length);

        given().auth()
                .oauth2(OidcProvider.token("mail-submit"))
                .contentType("message/rfc822")
                .body(new java.io.ByteArrayInputStream(large))
                .post("/v1/assess")
                .then()
                .statusCode(413)
                .body("code", equalTo("body-too-large"));
    }

    @Test
    void refusesACallerWithoutAToken() {
        given().contentType("message/rfc822")
                .body(PLAIN)
                .post("/v1/assess")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("Bearer"))
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void refusesACallerWithoutTheRole() {
        given().auth()
                .oauth2(OidcProvider.token("render"))
                .contentType("message/rfc822")
                .body(PLAIN)
                .post("/v1/assess")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    private static RequestSpecification submitter(byte[] mail) {
        return given().auth()
                .oauth2(OidcProvider.token("mail-submit"))
                .contentType("message/rfc822")
                .body(mail);
    }
}
