package org.postern.scan.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPEndpoint;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.postern.scan.AttachedMail;
import org.postern.scan.ScannerContract;
import org.postern.testsupport.Clamd;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(Clamd.class)
@QuarkusTestResource(OidcProvider.class)
class ScanResourceIT {
    private static final long LIMIT = 100L * 1024 * 1024;

    @TestHTTPEndpoint(ScanResource.class)
    @TestHTTPResource
    URL url;

    @Test
    void callsACleanMailClean() {
        scanning(AttachedMail.clean())
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Retry-After", nullValue())
                .body("verdict", equalTo("clean"))
                .body("findings", hasSize(0))
                .body("engine.name", equalTo("clamav"))
                .body("engine.version", notNullValue())
                .body("took", notNullValue());
    }

    @Test
    void findsAVirusInAnAttachment() {
        scanning(AttachedMail.infected())
                .then()
                .statusCode(200)
                .body("verdict", equalTo("infected"))
                .body("findings[0].code", equalTo("virus"))
                .body("findings[0].severity", equalTo("critical"))
                .body("findings[0].signature", containsString("Eicar"));
    }

    @Test
    void saysThatItCannotLookIntoAnEncryptedArchive() {
        scanning(AttachedMail.encrypted())
                .then()
                .statusCode(200)
                .body("verdict", equalTo("unscannable"))
                .body("unscannable", equalTo("encrypted"));
    }

    @Test
    void takesBytesOfAnyKind() {
        submitter()
                .contentType("application/x-anything")
                .body(ScannerContract.eicar())
                .post("/v1/scan")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("infected"));
    }

    @Test
    void takesBytesWithoutAContentType() throws Exception {
        HttpResponse<String> response = send(request().POST(BodyPublishers.ofByteArray(ScannerContract.eicar())));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"infected\"");
    }

    @Test
    void takesAChunkedBodyOfTheLargestSize() throws Exception {
        HttpResponse<String> response = send(request().POST(chunked(LIMIT)));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"verdict\":\"clean\"");
    }

    @Test
    void tellsAScriptTheVerdictInOneLine() {
        assertThat(line(AttachedMail.clean())).isEqualTo("clean\n");
        assertThat(line(AttachedMail.encrypted()))
                .startsWith("unscannable (encrypted) ")
                .endsWith("\n");
        assertThat(line(AttachedMail.infected())).matches("infected virus \\S*Eicar\\S* 2\n");
    }

    @Test
    void namesTheFileAsContentDispositionDoes() {
        submitter()
                .contentType("application/octet-stream")
                .header("Content-Disposition", "attachment; filename*=UTF-8''Rechnung%20%C3%A4.pdf.com")
                .body(ScannerContract.eicar())
                .post("/v1/scan")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("infected"))
                .body("parts[0].name", equalTo("Rechnung \u00e4.pdf.com"))
                .body("findings.code", hasItem("double-extension"));
    }

    private static String line(byte[] mail) {
        return submitter()
                .contentType("message/rfc822")
                .accept("text/plain")
                .body(mail)
                .post("/v1/scan")
                .then()
                .statusCode(200)
                .contentType(containsString("text/plain"))
                .extract()
                .asString();
    }

    @Test
    void refusesAnEmptyBody() {
        submitter()
                .contentType("application/octet-stream")
                .post("/v1/scan")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("body-empty"));
    }

    @Test
    void refusesABodyThatIsAnnouncedTooLargeBeforeItComes() throws Exception {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: " + (LIMIT + 1)));

            byte[] answer = new byte[1000];
            int length = socket.getInputStream().read(answer);

            assertThat(new String(answer, 0, length, StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 413")
                    .contains("body-too-large")
                    .contains("" + LIMIT);
        }
    }

    @Test
    void refusesAChunkedBodyThatTurnsOutTooLarge() throws Exception {
        HttpResponse<String> response = send(request().POST(chunked(LIMIT + 1)));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("body-too-large").contains("" + LIMIT);
    }

    @Test
    void survivesAnUploadThatBreaksOff() throws Exception {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: 1000000"));
            out.write(new byte[5000]);
            out.flush();
        }

        callsACleanMailClean();
    }

    @Test
    void refusesACallerWithoutAToken() {
        given().contentType("application/octet-stream")
                .body(new byte[] {1})
                .post("/v1/scan")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("Bearer"))
                .contentType("application/problem+json")
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void refusesATokenThatIsForged() {
        String token = OidcProvider.token("mail-submit");
        given().auth()
                .oauth2(token.substring(0, token.length() - 8) + "AAAAAAAA")
                .contentType("application/octet-stream")
                .body(new byte[] {1})
                .post("/v1/scan")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("invalid_token"));
    }

    @Test
    void refusesACallerWithoutTheRole() {
        given().auth()
                .oauth2(OidcProvider.token("render"))
                .contentType("application/octet-stream")
                .body(new byte[] {1})
                .post("/v1/scan")
                .then()
                .statusCode(403)
                .header("WWW-Authenticate", containsString("insufficient_scope"))
                .body("code", equalTo("forbidden"));
    }

    @Test
    void answersOtherMethodsWithAProblem() {
        submitter().get("/v1/scan").then().statusCode(405).contentType("application/problem+json");
    }

    private static RequestSpecification submitter() {
        return given().auth().oauth2(OidcProvider.token("mail-submit"));
    }

    private static io.restassured.response.Response scanning(byte[] mail) {
        return submitter().contentType("message/rfc822").body(mail).post("/v1/scan");
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create(url.toString()))
                .header("Authorization", "Bearer " + OidcProvider.token("mail-submit"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private byte[] head(String header) {
        return ("POST /v1/scan HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + OidcProvider.token("mail-submit") + "\r\n" + header + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static HttpRequest.BodyPublisher chunked(long size) {
        return BodyPublishers.ofInputStream(() -> new InputStream() {
            private long left = size;

            @Override
            public int read() {
                return left-- > 0 ? 'a' : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int n = (int) Math.min(length, left);
                java.util.Arrays.fill(into, offset, offset + n, (byte) 'a');
                left -= n;
                return n;
            }
        });
    }
}
