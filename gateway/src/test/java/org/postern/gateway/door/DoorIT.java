package org.postern.gateway.door;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;

@QuarkusTest
@QuarkusTestResource(value = OidcProvider.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = Upstream.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = KafkaBroker.class, restrictToAnnotatedClass = true)
@Timeout(60)
class DoorIT {
    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    private static final int MIB = 1024 * 1024;

    @TestHTTPResource("/v1/messages")
    String messages;

    @BeforeEach
    void awaitRevocations() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get(readiness).statusCode() == 200);
    }

    static Stream<Arguments> refusedTokens() {
        return Stream.of(
                Arguments.of("garbage", "not.a.token"),
                Arguments.of("unsigned", OidcProvider.unsignedToken("mail-submit")),
                Arguments.of("forged", OidcProvider.forgedToken("mail-submit")),
                Arguments.of("expired", OidcProvider.expiredToken("mail-submit")),
                Arguments.of("for another audience", OidcProvider.tokenForOthers("mail-submit")),
                Arguments.of("of another issuer", OidcProvider.tokenOfAnotherIssuer("mail-submit")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedTokens")
    void a_bad_token_is_refused(String kind, String token) {
        Response response = given().header("Authorization", "Bearer " + token)
                .contentType("message/rfc822")
                .body(new byte[] {1})
                .post("/v1/messages");
        assertProblem(response, 401, "unauthenticated");
        assertThat(response.header("WWW-Authenticate")).contains("Bearer", "invalid_token");
    }

    @Test
    void no_token_is_refused_without_an_error_code() {
        Response response = given().get("/v1/messages/1");
        assertProblem(response, 401, "unauthenticated");
        assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"postern\"");
    }

    @Test
    void a_token_without_the_role_is_forbidden_and_told_which() {
        Response response = with("render")
                .contentType("message/rfc822")
                .body(new byte[] {1})
                .post("/v1/messages");
        assertProblem(response, 403, "forbidden");
        assertThat(response.header("WWW-Authenticate")).contains("insufficient_scope");
        assertThat(response.jsonPath().getString("next")).contains("mail-submit");
    }

    @Test
    void a_good_request_passes_as_it_is_and_its_answer_has_security_headers() {
        Response response = with("mail-submit")
                .header("X-Forwarded-For", "192.0.2.66")
                .header("Postern-Object", "forged")
                .contentType("message/rfc822")
                .body(new byte[8 * MIB])
                .post("/v1/messages");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asString()).isEqualTo(Integer.toString(8 * MIB));
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(response.header("Server")).isNull();
        assertThat(Upstream.HEADERS)
                .anyMatch(header -> header.startsWith("traceparent: 00-"))
                .anyMatch(header -> header.startsWith("authorization: Bearer "))
                .noneMatch(header -> header.contains("192.0.2.66"))
                .noneMatch(header -> header.startsWith("postern-object"));
    }

    @Test
    void a_body_announced_over_the_limit_is_refused_with_the_limit_named() {
        Response response = with("mail-submit")
                .contentType("message/rfc822")
                .body(new byte[51 * MIB])
                .post("/v1/messages");
        assertProblem(response, 413, "body-too-large");
        assertThat(response.jsonPath().getString("detail")).contains("50 MiB");
    }

    @Test
    void a_body_in_chunks_over_the_limit_is_cut_and_refused_too() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(messages))
                .header("Authorization", "Bearer " + OidcProvider.token("mail-submit"))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[51 * MIB])))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.body()).contains("body-too-large", "50 MiB");
        }
    }

    @Test
    void a_client_that_waits_for_leave_gets_it_when_it_is_let_in() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", URI.create(messages).getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST /v1/messages HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n"
                                    + "Authorization: Bearer " + OidcProvider.token("mail-submit") + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] first = socket.getInputStream().readNBytes(25);
            assertThat(new String(first, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 100 Continue");
        }
    }

    @Test
    void headers_that_a_client_meant_for_this_connection_go_no_further() {
        with("mail-submit")
                .header("Connection", "X-Hop")
                .header("X-Hop", "1")
                .header("X-Real-IP", "192.0.2.66")
                .contentType("message/rfc822")
                .body(new byte[1])
                .post("/v1/messages");
        assertThat(Upstream.HEADERS).noneMatch(header -> header.startsWith("x-hop") || header.startsWith("x-real-ip"));
    }

    @Test
    void a_service_that_is_away_is_told_so() {
        Response response = with("mail-submit").body(new byte[] {1}).post("/v1/scan");
        assertProblem(response, 503, "service-unavailable");
        assertThat(response.header("Retry-After")).isNotNull();
    }

    @Test
    void unknown_paths_methods_and_tricks_are_refused() {
        assertProblem(with("mail-submit").get("/internal/v1/views"), 404, "route-unknown");
        assertProblem(with("mail-submit").put("/v1/messages"), 405, "method-not-allowed");
        assertProblem(with("mail-submit").urlEncodingEnabled(false).get("/v1/messages/%2e%2e"), 400, "path-malformed");
    }

    @Test
    void a_large_upload_with_a_bad_token_gets_its_answer() {
        Response response = given().header("Authorization", "Bearer " + OidcProvider.expiredToken("mail-submit"))
                .contentType("message/rfc822")
                .body(new byte[20 * MIB])
                .post("/v1/messages");
        assertProblem(response, 401, "unauthenticated");
    }

    @Test
    void an_upgrade_makes_no_tunnel() throws Exception {
        // By hand: the stream that is answered instead has no end for a client library to wait for.
        try (Socket socket = new Socket("127.0.0.1", URI.create(messages).getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /v1/push/events HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                    + "Authorization: Bearer " + OidcProvider.token("push-subscribe") + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] first = socket.getInputStream().readNBytes(12);
            assertThat(new String(first, StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 ")
                    .isNotEqualTo("HTTP/1.1 101");
        }
    }

    @Test
    void anybody_may_read_security_txt() {
        Response response = given().get("/.well-known/security.txt");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asString()).contains("Contact: ", "Expires: ");
    }

    private static RequestSpecification with(String role) {
        return given().header("Authorization", "Bearer " + OidcProvider.token(role));
    }

    private static void assertProblem(Response response, int status, String code) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.jsonPath().getString("code")).isEqualTo(code);
    }
}
