package org.postern.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postern.gateway.door.PlainDoor;
import org.postern.gateway.door.RawRequest;
import org.postern.gateway.limit.Quota;
import org.postern.gateway.limit.Quotas;
import org.postern.testsupport.OidcProvider;

/** What a client asks, what of it a service sees, what that answers, and what of it the client sees. */
@Timeout(60)
class ForwardingTest {
    private static final OidcProvider PROVIDER = new OidcProvider();
    private static final Quota MUCH = Quota.of("10000/60S");
    private static final Duration QUIET = Duration.ofMillis(500);

    @BeforeAll
    static void start() {
        PROVIDER.start();
    }

    @AfterAll
    static void stop() {
        PROVIDER.stop();
    }

    @Test
    void what_a_service_meant_for_its_connection_or_may_not_say_ends_here() throws Exception {
        String answer = ask(
                "HTTP/1.1",
                "",
                "HTTP/1.1 200 OK\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nUpgrade: h2c\r\n"
                        + "Server: secret\r\nSet-Cookie: a=b\r\nStrict-Transport-Security: max-age=0\r\n"
                        + "X-Request-Id: theirs\r\nDate: Mon, 30 Nov 2026 15:00:00 GMT\r\nX-Kept: yes\r\n"
                        + "Content-Length: 2\r\n\r\nok");
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\nok")
                .containsOnlyOnce("X-Request-Id")
                .contains("X-Kept: yes", "ate: Mon, 30 Nov 2026 15:00:00 GMT", "X-Content-Type-Options: nosniff")
                .doesNotContainIgnoringCase(
                        "x-hop", "keep-alive:", "upgrade:", "secret", "set-cookie", "max-age=0", "theirs");
    }

    @Test
    void what_a_client_meant_for_its_connection_or_may_not_say_ends_here() throws Exception {
        try (RawService service = new RawService("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
                PlainDoor door = door(service)) {
            send(
                    door,
                    "HTTP/1.1",
                    "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nTE: trailers\r\nX-Forwarded-For: 192.0.2.66\r\n"
                            + "pOSTERN-Any: 1\r\nVia: 1.1 other\r\nX-Kept: yes\r\n");
            assertThat(service.heads.poll(10, TimeUnit.SECONDS))
                    .startsWith("GET /v1/messages/1 HTTP/1.1\r\n")
                    .containsIgnoringCase("X-Kept: yes")
                    .containsIgnoringCase("Forwarded: for=unknown;proto=http;host=\"x\"")
                    .doesNotContainIgnoringCase(
                            "x-hop", "te:", "x-forwarded-for", "postern-any", "via:", "content-length");
        }
    }

    @Test
    void a_service_is_asked_by_the_name_by_which_the_door_was() throws Exception {
        try (RawService service = new RawService("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
                PlainDoor door = door(service)) {
            send(door, "HTTP/1.1", "");
            assertThat(service.heads.poll(10, TimeUnit.SECONDS)).containsIgnoringCase("\r\nHost: x\r\n");
        }
    }

    @Test
    void a_date_is_passed_on_as_it_was_said() throws Exception {
        assertThat(ask(
                        "HTTP/1.1",
                        "",
                        "HTTP/1.1 200 OK\r\nDate: Tue, 01 Dec 2026 15:00:00 GMT\r\nContent-Length: 0\r\n\r\n"))
                .containsOnlyOnce("ate: ")
                .containsIgnoringCase("\r\nDate: Tue, 01 Dec 2026 15:00:00 GMT\r\n");
        assertThat(ask("HTTP/1.1", "", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
                .doesNotContainIgnoringCase("\r\ndate:");
    }

    @Test
    void an_answer_without_a_length_comes_in_chunks() throws Exception {
        assertThat(ask("HTTP/1.1", "", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello"))
                .containsIgnoringCase("transfer-encoding: chunked")
                .endsWith("5\r\nhello\r\n0\r\n\r\n");
    }

    @Test
    void an_answer_without_a_length_ends_with_its_connection_where_chunks_are_not_known() throws Exception {
        assertThat(ask("HTTP/1.0", "Connection: keep-alive\r\n", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello"))
                .startsWith("HTTP/1.0 200 OK\r\n")
                .doesNotContainIgnoringCase("transfer-encoding")
                .endsWith("\r\n\r\nhello");
    }

    @Test
    void an_answer_without_an_end_arrives_as_it_comes_where_chunks_are_not_known() throws Exception {
        try (RawService service =
                        RawService.unending("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                PlainDoor door = door(service)) {
            assertThat(send(door, "HTTP/1.0", ""))
                    .startsWith("HTTP/1.0 200 OK\r\n")
                    .doesNotContainIgnoringCase("transfer-encoding")
                    .contains("X-Content-Type-Options: nosniff")
                    .endsWith("\r\n\r\nhello");
        }
    }

    @Test
    void a_large_answer_arrives_whole() throws Exception {
        String body = "0123456789abcdef".repeat(300_000);
        assertThat(ask("HTTP/1.1", "", "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body))
                .endsWith("\r\n\r\n" + body);
    }

    @Test
    void an_answer_that_breaks_off_does_not_look_whole() throws Exception {
        assertThat(ask("HTTP/1.1", "", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"))
                .contains("hello")
                .doesNotContain("0\r\n\r\n");
    }

    @Test
    void an_answer_in_an_encoding_that_nobody_asked_for_is_not_passed_on() throws Exception {
        assertThat(ask("HTTP/1.1", "", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 502 ")
                .contains("application/problem+json");
    }

    @Test
    void an_answer_with_a_header_that_nobody_may_send_is_not_passed_on() throws Exception {
        assertThat(ask("HTTP/1.1", "", "HTTP/1.1 200 OK\r\nX-Bad: a\u0001b\r\nContent-Length: 2\r\n\r\nok"))
                .startsWith("HTTP/1.1 50")
                .contains("application/problem+json", "X-Content-Type-Options: nosniff")
                .containsOnlyOnce("X-Request-Id")
                .doesNotContain("X-Bad");
    }

    @Test
    void a_question_that_needs_no_body_is_answered_by_its_head() throws Exception {
        assertThat(ask("HTTP/1.1", "", "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nContent-Length: 7\r\n\r\n"))
                .startsWith("HTTP/1.1 304 ")
                .containsIgnoringCase("etag: \"1\"")
                .endsWith("\r\n\r\n");
    }

    private String ask(String version, String headers, String answer) throws Exception {
        try (RawService service = new RawService(answer);
                PlainDoor door = door(service)) {
            return send(door, version, headers);
        }
    }

    private static PlainDoor door(RawService service) throws Exception {
        Quotas quotas = new Quotas(MUCH, Map.of(), Map.of(), MUCH, MUCH);
        return new PlainDoor(service.address(), quotas, Set.of(), Map.of());
    }

    private static String send(PlainDoor door, String version, String headers) throws Exception {
        String request = "GET /v1/messages/1 " + version + "\r\nHost: x\r\nAuthorization: Bearer "
                + OidcProvider.token("mail-read-all") + "\r\n" + headers + "\r\n";
        return RawRequest.send(door, request.getBytes(StandardCharsets.ISO_8859_1), QUIET);
    }
}
