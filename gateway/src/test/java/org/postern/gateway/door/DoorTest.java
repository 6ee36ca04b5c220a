package org.postern.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postern.events.Tenant;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.identity.RevocationScope;
import org.postern.events.identity.RevokedIdentity;
import org.postern.gateway.limit.Quota;
import org.postern.gateway.limit.Quotas;
import org.postern.testsupport.FreePorts;
import org.postern.testsupport.OidcProvider;

/** Quotas, streams, origins, and a service that fails: what the door does by itself. */
@Timeout(60)
class DoorTest {
    private static final OidcProvider PROVIDER = new OidcProvider();
    private static final Upstream UPSTREAM = new Upstream();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String HEAD = "{\"alg\":\"RS256\",\"kid\":\"k\"}";
    private static URI service;

    private final String subject = UUID.randomUUID().toString();
    private PlainDoor door;

    @BeforeAll
    static void start() {
        PROVIDER.start();
        service = URI.create(UPSTREAM.start().get("postern.gateway.services.message"));
    }

    @AfterAll
    static void stop() {
        UPSTREAM.stop();
        PROVIDER.stop();
    }

    @AfterEach
    void close() throws Exception {
        if (door != null) {
            door.close();
        }
    }

    @Test
    void a_caller_is_told_what_is_left_and_when_to_come_again() throws Exception {
        open(service, quotas("2/60S", Map.of(), "300/60S"));
        HttpResponse<String> first = get("/v1/messages/1", token("mail-read-all"));
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("RateLimit-Limit")).hasValue("2");
        assertThat(first.headers().firstValue("RateLimit-Remaining")).hasValue("1");
        assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("2;w=60");
        get("/v1/messages/1", token("mail-read-all"));
        HttpResponse<String> refused = get("/v1/messages/1", token("mail-read-all"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("too-many-requests");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 31);
    }

    @Test
    void all_callers_of_a_tenant_are_told_when_its_quota_is_used_up_together() throws Exception {
        Quota much = Quota.of("100/60S");
        open(service, new Quotas(much, Map.of(), Map.of("default", Quota.of("2/60S")), Map.of(), much, much, null));
        HttpResponse<String> first = get("/v1/messages/1", token("mail-read-all"));
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("RateLimit-Policy"))
                .as("of the tighter one")
                .hasValue("2;w=60");
        String another = OidcProvider.signed(HEAD, OidcProvider.claims("another", "session", "mail-read-all"));
        assertThat(get("/v1/messages/1", another).headers().firstValue("RateLimit-Remaining"))
                .hasValue("0");
        HttpResponse<String> refused = get("/v1/messages/1", token("mail-read-all"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("too-many-requests-of-tenant", "of this tenant together");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 31);
    }

    @Test
    void an_address_that_is_signed_needs_no_token_and_may_be_long() throws Exception {
        open(service, quotas("1/60S", Map.of(), "1/60S"));
        URI image = door.at("/v1/images/" + "a".repeat(2_900));
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> shown = CLIENT.send(
                    HttpRequest.newBuilder(image)
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(shown.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void an_address_that_guesses_is_not_looked_at_and_who_is_known_there_is_let_in() throws Exception {
        open(service, quotas("100/60S", Map.of(), "3/60S"));
        String good = token("mail-read-all");
        assertThat(get("/v1/messages/1", good).statusCode()).isEqualTo(200);
        for (int i = 0; i < 3; i++) {
            assertThat(get("/v1/messages/1", "a.b.c").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> refused = get("/v1/messages/1", "a.b.c");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("too-many-bad-tokens");
        assertThat(get("/v1/messages/1", good).statusCode()).isEqualTo(200);
    }

    @Test
    void a_subject_has_so_many_streams_and_loses_them_with_its_token() throws Exception {
        open(service, quotas("100/60S", Map.of(), "300/60S"));
        String token = token("push-subscribe");
        HttpResponse<InputStream> one = stream(token);
        HttpResponse<InputStream> two = stream(token);
        assertThat(one.body().readNBytes(8)).hasSize(8);
        assertThat(two.body().readNBytes(8)).hasSize(8);
        HttpResponse<String> third = get("/v1/push/events", token);
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.body()).contains("too-many-streams");

        Instant later = Instant.now().plusSeconds(3_600);
        door.revocations.add(new IdentityRevoked(
                Tenant.DEFAULT,
                RevocationScope.SUBJECT,
                RevokedIdentity.subject(OidcProvider.issuer(), subject),
                later,
                later));
        await().atMost(Duration.ofSeconds(10)).until(() -> isCut(one) && isCut(two));
        await().atMost(Duration.ofSeconds(10)).until(() -> door.exchanges.size() == 0);
        await().atMost(Duration.ofSeconds(10)).until(() -> Upstream.STREAMS.get() == 0);
        assertThat(get("/v1/push/events", token).statusCode()).isEqualTo(401);
    }

    @Test
    void a_body_over_http2_that_says_no_length_arrives_whole() throws Exception {
        open(service, quotas("100/60S", Map.of(), "300/60S"));
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(door.at("/v1/messages"))
                        .header("Authorization", "Bearer " + token("mail-submit"))
                        .POST(HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(new byte[40_000])))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("40000");
    }

    @Test
    void whoever_writes_on_without_end_reads_why_not_and_loses_the_connection() throws Exception {
        open(service, quotas("100/60S", Map.of(), "300/60S"));
        try (Socket socket = new Socket("127.0.0.1", door.at("/").getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            ("POST /v1/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nAuthorization: Bearer "
                                            + token("mail-submit") + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            Thread.startVirtualThread(() -> writeChunksWithoutEnd(socket));
            StringBuilder answer = new StringBuilder();
            try {
                for (int b = socket.getInputStream().read();
                        b >= 0;
                        b = socket.getInputStream().read()) {
                    answer.append((char) b);
                }
            } catch (SocketException e) {
                // Reset, since the rest was never read.
            }
            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("Connection: close", "body-too-large");
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> door.exchanges.size() == 0);
    }

    private static void writeChunksWithoutEnd(Socket socket) {
        byte[] chunk = ("1000\r\n" + "x".repeat(4_096) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try {
            while (!socket.isClosed()) {
                socket.getOutputStream().write(chunk);
            }
        } catch (IOException e) {
            // The door has closed the connection, as it should.
        }
    }

    @Test
    void what_was_answered_is_forgotten() throws Exception {
        open(service, quotas("100/60S", Map.of(), "300/60S"));
        for (int i = 0; i < 5; i++) {
            get("/v1/messages/1", token("mail-read-all"));
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> door.exchanges.size() == 0);
    }

    @Test
    void a_page_of_an_origin_that_is_named_may_call_and_no_other() throws Exception {
        open(service, quotas("100/60S", Map.of(), "300/60S"));
        HttpResponse<String> asked = preflight("https://mail.example");
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://mail.example");
        assertThat(asked.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        HttpResponse<String> foreign = preflight("https://evil.example");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(preflight("null").statusCode()).isEqualTo(403);
    }

    @Test
    void a_service_sees_who_asked_by_the_word_of_the_door_only() throws Exception {
        open(service, quotas("100/60S", Map.of(), "300/60S"));
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(door.at("/v1/messages/1"))
                        .header("Authorization", "Bearer " + token("mail-read-all"))
                        .header("Forwarded", "for=192.0.2.66")
                        .header("X-Forwarded-For", "192.0.2.66")
                        .header("X-Forwarded-Host", "evil.example")
                        .header("X-Original-URL", "/v1/policy")
                        .header("X-HTTP-Method-Override", "DELETE")
                        .header("Cookie", "a=b")
                        .header("X-Request-Id", "client's own")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(Upstream.HEADERS)
                .noneMatch(header -> header.contains("192.0.2.66") || header.contains("evil.example"))
                .noneMatch(header -> header.startsWith("x-original-url") || header.startsWith("x-http-method"))
                .noneMatch(header -> header.startsWith("cookie"))
                .contains("x-request-id: " + id)
                .anyMatch(header -> header.startsWith("traceparent: 00-" + id))
                .anyMatch(header -> header.startsWith("forwarded: for=unknown;proto=http;host="));
    }

    @Test
    void a_service_that_is_away_is_left_alone_after_a_while() throws Exception {
        open(URI.create("http://127.0.0.1:" + FreePorts.next()), quotas("100/60S", Map.of(), "300/60S"));
        for (int i = 0; i < 6; i++) {
            HttpResponse<String> answer = get("/v1/messages/1", token("mail-read-all"));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("service-unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void a_get_whose_kept_connection_was_closed_is_sent_once_more() throws Exception {
        try (ServerSocket closing = new ServerSocket(0)) {
            Thread.startVirtualThread(() -> answerTheSecondTime(closing));
            open(URI.create("http://127.0.0.1:" + closing.getLocalPort()), quotas("100/60S", Map.of(), "300/60S"));
            assertThat(get("/v1/messages/1", token("mail-read-all")).statusCode())
                    .isEqualTo(200);
        }
    }

    private static void answerTheSecondTime(ServerSocket server) {
        try {
            try (Socket first = server.accept()) {
                first.getInputStream().read();
            }
            try (Socket second = server.accept()) {
                second.getInputStream().read();
                second.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
                second.getOutputStream().flush();
                second.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private void open(URI to, Quotas quotas) throws Exception {
        door = new PlainDoor(to, quotas, Set.of("https://mail.example"), Map.of());
    }

    private static Quotas quotas(String perCaller, Map<String, Quota> perRoute, String badTokens) {
        return new Quotas(Quota.of(perCaller), Map.of(), perRoute, Quota.of(badTokens), Quota.of("1000/60S"));
    }

    private String token(String role) {
        return OidcProvider.signed(HEAD, OidcProvider.claims(subject, "session", role));
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return CLIENT.send(request(path, token), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path, String token) {
        return HttpRequest.newBuilder(door.at(path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    private HttpResponse<InputStream> stream(String token) throws Exception {
        return CLIENT.send(request("/v1/push/events", token), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static boolean isCut(HttpResponse<InputStream> stream) {
        try {
            return stream.body().read(new byte[4_096]) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private HttpResponse<String> preflight(String origin) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(door.at("/v1/messages"))
                        .header("Access-Control-Request-Method", "POST")
                        .header("Origin", origin)
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
