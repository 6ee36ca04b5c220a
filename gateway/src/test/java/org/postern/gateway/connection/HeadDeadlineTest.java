package org.postern.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.gateway.replicas.Certificates;

/**
 * Heads that come a byte at a time. A server of Vert.x as Quarkus has it; that the shipped gateway has the deadline too is
 * shown where its replicas are started.
 */
@Timeout(60)
class HeadDeadlineTest {
    private static final Duration DEADLINE = Duration.ofMillis(800);
    private static final Duration EVERY = Duration.ofMillis(40);
    private static final Duration HANDSHAKE = Duration.ofSeconds(4);
    /** Far more than the deadline, also on a busy machine, and far less than all the bytes would take. */
    private static final Duration SOON = Duration.ofSeconds(12);

    private static final String ENDLESS = "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: " + "a".repeat(1_000);
    private static final String WHOLE = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    private static final Vertx VERTX = Vertx.vertx();
    private static HttpServer plain;
    private static HttpServer tls;
    private static HttpServer behindProxy;

    @BeforeAll
    static void listen() throws Exception {
        assertThat(System.getProperty(HeadDeadline.SWITCH)).as("in the pom").isEqualTo(HeadDeadline.ON);
        HeadDeadline.set(DEADLINE);
        Certificates certificates = new Certificates();
        plain = listen(new HttpServerOptions());
        behindProxy = listen(new HttpServerOptions().setUseProxyProtocol(true));
        tls = listen(new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setSslHandshakeTimeout(HANDSHAKE.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(certificates.certificate().toString())
                        .addKeyPath(certificates.key().toString())));
    }

    private static HttpServer listen(HttpServerOptions options) throws Exception {
        return VERTX.createHttpServer(options.setIdleTimeout(30))
                .requestHandler(HeadDeadlineTest::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** Says how long the body is, once it is there, and nothing of {@code /never}. */
    private static void answer(HttpServerRequest request) {
        if ("100-continue".equals(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        if (!request.path().equals("/never")) {
            request.body().onSuccess(body -> request.response().end(Integer.toString(body.length())));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        HeadDeadline.set(Duration.ofSeconds(10));
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private long before;

    @BeforeEach
    void count() {
        before = HeadDeadline.missed();
    }

    private long cut() {
        return HeadDeadline.missed() - before;
    }

    private static Drip plain() throws IOException {
        return new Drip(new Socket("127.0.0.1", plain.actualPort()));
    }

    private static Drip tls() throws Exception {
        SSLSocket socket = (SSLSocket) Certificates.trusting().createSocket("127.0.0.1", tls.actualPort());
        socket.startHandshake();
        return new Drip(socket);
    }

    private static Drip tlsOfHttp2() throws Exception {
        SSLSocket socket = (SSLSocket) Certificates.trusting().createSocket("127.0.0.1", tls.actualPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new Drip(socket);
    }

    @Test
    void a_head_that_drips_in_is_cut_and_told_why() throws Exception {
        long begin = System.nanoTime();
        try (Drip client = plain().slowly(ENDLESS, EVERY)) {
            assertThat(client.answer()).isEqualTo("HTTP/1.1 408 Request Timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(DEADLINE, SOON);
        }
        assertThat(cut()).isEqualTo(1);
    }

    @Test
    void over_tls_as_well() throws Exception {
        try (Drip client = tls().slowly(ENDLESS, EVERY)) {
            assertThat(client.answer()).isEqualTo("HTTP/1.1 408 Request Timeout");
        }
        assertThat(cut()).isEqualTo(1);
    }

    @Test
    void a_handshake_that_drips_in_is_cut() throws Exception {
        long begin = System.nanoTime();
        // The first bytes of a record that announces a ClientHello of 500 bytes.
        try (Drip client = new Drip(new Socket("127.0.0.1", tls.actualPort()))
                .slowly(
                        "\u0016\u0003\u0001\u0001\u00f4\u0001\u0000\u0001\u00f0\u0003\u0003" + "a".repeat(400),
                        EVERY)) {
            assertThat(client.answer()).doesNotStartWith("HTTP");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
        }
    }

    @Test
    void the_preface_of_http_2_must_come_in_time_too() throws Exception {
        try (Drip client = plain().slowly("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0".repeat(1_000), EVERY)) {
            client.answer();
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(cut()).isEqualTo(1));
    }

    @Test
    void a_preface_that_stops_half_way_is_cut() throws Exception {
        try (Drip client = plain().whole("PRI * HT")) {
            client.answer();
        }
        assertThat(cut()).isEqualTo(1);
    }

    @Test
    void a_body_may_take_its_time() throws Exception {
        String body = "b".repeat(60);
        try (Drip client = plain().whole("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60\r\n\r\n")
                .slowly(body, EVERY)) {
            assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(cut()).isZero();
    }

    @Test
    void a_body_in_chunks_may_take_its_time_over_tls() throws Exception {
        try (Drip client = tls().whole("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                .slowly("1\r\nb\r\n".repeat(10) + "0\r\n\r\n", EVERY)) {
            assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(cut()).isZero();
    }

    @Test
    void a_connection_that_says_nothing_yet_or_rests_between_requests_is_let_be() throws Exception {
        try (Drip silent = tls();
                Drip client = plain().whole(WHOLE);
                Drip other = plain().slowly(ENDLESS, EVERY)) {
            assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK");
            // By now a deadline has passed since the others were opened.
            assertThat(other.answer()).startsWith("HTTP/1.1 408");
            assertThat(silent.whole(WHOLE).answer()).isEqualTo("HTTP/1.1 200 OK");
            client.skipAnswer();
            assertThat(client.whole(WHOLE).answer()).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(cut()).isEqualTo(1);
    }

    @Test
    void a_second_head_that_drips_in_is_cut_too() throws Exception {
        try (Drip client = plain().whole(WHOLE)) {
            assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK");
            client.skipAnswer();
            assertThat(client.slowly(ENDLESS, EVERY).answer()).isEqualTo("HTTP/1.1 408 Request Timeout");
        }
        assertThat(cut()).isEqualTo(1);
    }

    @Test
    void so_is_one_that_begins_in_the_packet_of_the_first() throws Exception {
        try (Drip client = plain().whole(WHOLE + "GET / HT")) {
            assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK");
            client.skipAnswer();
            assertThat(client.slowly("TP/1.1\r\nX-Slow: " + "a".repeat(1_000), EVERY)
                            .answer())
                    .isEqualTo("HTTP/1.1 408 Request Timeout");
        }
        assertThat(cut()).isEqualTo(1);
    }

    @Test
    void while_an_answer_is_to_come_nothing_is_written_into_it() throws Exception {
        try (Drip client =
                plain().whole("GET /never HTTP/1.1\r\nHost: x\r\n\r\n").slowly(ENDLESS, EVERY)) {
            assertThat(client.answer()).isEmpty();
        }
        assertThat(cut()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1|Host: x|X-Large: @9000@|431|headers-too-large",
                "GET /@9000@ HTTP/1.1|Host: x|X: y|414|address-too-long",
                "GET / HTTP/1.1|Host: x|no field|400|request-malformed",
            })
    void a_head_that_cannot_be_read_is_told_why_also_on_a_kept_connection(
            String first, String second, String third, int status, String code) throws Exception {
        String head = String.join("\r\n", first, second, third, "", "").replace("@9000@", "a".repeat(9_000));
        for (Drip fresh : List.of(plain(), tls())) {
            try (Drip client = fresh) {
                assertThat(client.whole(head).answer()).startsWith("HTTP/1.1 " + status);
                assertThat(client.body()).contains("\"code\":\"" + code + "\"");
            }
        }
        try (Drip client = plain().whole(WHOLE)) {
            assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK");
            client.skipAnswer();
            assertThat(client.whole(head).answer()).startsWith("HTTP/1.1 " + status);
        }
        assertThat(cut()).isZero();
    }

    @Test
    void an_interim_answer_is_none() throws Exception {
        try (Drip client =
                plain().whole("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n")) {
            assertThat(client.answer()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.answer()).isEmpty();
            assertThat(client.whole("b").answer()).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(cut()).isZero();
    }

    @Test
    void a_connection_of_http_2_is_kept() throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .build();
                Drip other = plain()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plain.actualPort() + "/"))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .version())
                    .isEqualTo(HttpClient.Version.HTTP_2);
            other.slowly(ENDLESS, EVERY);
            assertThat(other.answer()).startsWith("HTTP/1.1 408");
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(cut()).isEqualTo(1);
    }

    @Test
    void over_tls_as_well_it_may_rest() throws Exception {
        io.vertx.core.http.HttpClient client = VERTX.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2));
        HttpClientResponse first = get(client);
        assertThat(first.version()).isEqualTo(HttpVersion.HTTP_2);
        try (Drip other = plain().slowly(ENDLESS, EVERY)) {
            assertThat(other.answer()).startsWith("HTTP/1.1 408");
        }
        assertThat(get(client).request().connection()).isSameAs(first.request().connection());
        assertThat(cut()).isEqualTo(1);
    }

    /** Its preface, and the first frame, which says nothing. */
    private static final String HTTP_2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(0x4, 0, 0, "");

    /** POST / to x, in the static table of HPACK (RFC 7541, appendix A). */
    private static final String POST = "\u0083\u0086\u0084\u0041\u0001x";

    private static String frame(int type, int flags, int stream, String payload) {
        int length = payload.length();
        return "" + (char) (length >> 16) + (char) (length >> 8 & 0xff) + (char) (length & 0xff) + (char) type
                + (char) flags + "\0\0\0" + (char) stream + payload;
    }

    @Test
    void a_head_that_drips_into_a_connection_of_http_2_is_cut() throws Exception {
        for (String slow : List.of(
                // Of a HEADERS frame, of what continues it, and before any frame.
                frame(0x1, 0x4, 1, POST + "\0\u0001a\u007f" + "a".repeat(500)),
                frame(0x1, 0, 1, POST) + frame(0x9, 0, 1, "").repeat(60),
                "\0\0\u0006\u0001")) {
            before = HeadDeadline.missed();
            for (Drip fresh : List.of(plain(), tlsOfHttp2())) {
                try (Drip client = fresh.whole(HTTP_2)) {
                    client.slowly(slow, EVERY);
                    assertThat(client.until("200 OK")).as("an answer").isFalse();
                }
            }
            await().atMost(SOON).untilAsserted(() -> assertThat(cut()).isEqualTo(2));
        }
    }

    @Test
    void a_body_over_http_2_may_take_its_time_and_the_connection_may_rest() throws Exception {
        String head = frame(0x1, 0x4, 1, POST);
        String body = frame(0, 0x1, 1, "b".repeat(60));
        try (Drip client = plain().whole(HTTP_2 + head + body.substring(0, 9));
                Drip other = plain().slowly(ENDLESS, EVERY)) {
            client.slowly(body.substring(9), EVERY);
            assertThat(other.answer()).startsWith("HTTP/1.1 408");
            assertThat(client.until("60"))
                    .as("what it says of the body's length")
                    .isTrue();
        }
        assertThat(cut()).isEqualTo(1);
    }

    @Test
    void heads_that_each_come_in_time_go_on_for_longer_than_the_deadline() throws Exception {
        StringBuilder requests = new StringBuilder();
        for (int stream = 1; stream < 24; stream += 2) {
            requests.append(frame(0x1, 0x5, stream, POST));
        }
        requests.append(frame(0x1, 0x4, 25, POST)).append(frame(0, 0x1, 25, "b".repeat(77)));
        try (Drip client = plain().whole(HTTP_2).slowly(requests.toString(), Duration.ofMillis(8))) {
            assertThat(client.until("77"))
                    .as("what it says of the body's length")
                    .isTrue();
        }
        assertThat(cut()).isZero();
    }

    @Test
    void behind_a_proxy_that_says_for_whom_it_connects_heads_must_come_in_time_as_well() throws Exception {
        String said = "PROXY TCP4 192.0.2.1 192.0.2.2 40000 443\r\n";
        try (Drip slow = behindProxy();
                Drip good = behindProxy()) {
            slow.whole(said + HTTP_2).slowly(frame(0x1, 0x4, 1, POST + "a".repeat(500)), EVERY);
            assertThat(slow.until("200 OK")).as("an answer").isFalse();
            await().atMost(SOON).untilAsserted(() -> assertThat(cut()).isEqualTo(1));
            String body = frame(0, 0x1, 1, "b".repeat(77));
            good.whole(said + HTTP_2 + frame(0x1, 0x4, 1, POST) + body);
            assertThat(good.until("77")).as("what it says of the body's length").isTrue();
        }
        assertThat(cut()).isEqualTo(1);
    }

    private static Drip behindProxy() throws IOException {
        return new Drip(new Socket("127.0.0.1", behindProxy.actualPort()));
    }

    @Test
    void after_an_upgrade_heads_must_come_in_time_as_well() throws Exception {
        try (Drip client = plain().whole("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n")) {
            assertThat(client.answer()).isEqualTo("HTTP/1.1 101 Switching Protocols");
            client.whole(HTTP_2).slowly(frame(0x1, 0x4, 3, POST + "a".repeat(500)), EVERY);
            assertThat(client.until("200 OK")).as("an answer").isFalse();
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(cut()).isEqualTo(1));
    }

    private static HttpClientResponse get(io.vertx.core.http.HttpClient client) throws Exception {
        return client.request(HttpMethod.GET, tls.actualPort(), "127.0.0.1", "/")
                .compose(HttpClientRequest::send)
                .compose(answer -> answer.body().map(answer))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void no_time_at_all_is_no_deadline() {
        assertThatThrownBy(() -> HeadDeadline.set(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
