package org.postern.gateway.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postern.gateway.door.Upstream;
import org.postern.testsupport.OidcProvider;

/** Ten thousand clients who want nothing but to be there, at a gateway as it is shipped, with a heap of 160 MiB. */
@Timeout(180)
class ConnectionsIT {
    private static final int MANY = 10_000;
    /** Of the files that a process may have open: those of a JVM and of what else a test has. */
    private static final int OTHERS = 1_000;

    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Duration PROMPTLY = Duration.ofSeconds(5);

    private static final OidcProvider PROVIDER = new OidcProvider();
    private static final Upstream UPSTREAM = new Upstream();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static Replica door;

    @BeforeAll
    static void start() {
        Map<String, String> settings = new HashMap<>(PROVIDER.start());
        settings.putAll(UPSTREAM.start());
        settings.put("postern.identity.revocations.enabled", "false");
        settings.put("postern.gateway.head-timeout", DEADLINE.toSeconds() + "S");
        door = new Replica(settings);
        await().atMost(Duration.ofSeconds(90)).until(() -> door.isReady(CLIENT));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        door.kill();
        UPSTREAM.stop();
        PROVIDER.stop();
    }

    @Test
    void ten_thousand_connections_hinder_nobody_and_those_that_begin_a_head_and_do_not_end_it_are_cut()
            throws Exception {
        assertThat(mostFiles())
                .as("files that a process may have open, ulimit -n: too few for the connections of this test")
                .isGreaterThanOrEqualTo(MANY + OTHERS);
        assertServed();
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                open.add(new Socket(InetAddress.getLoopbackAddress(), door.port()));
            }
            assertServed();
            byte[] half = "GET / HTTP/1.1\r\nHost: x\r\nX-Half".getBytes(StandardCharsets.US_ASCII);
            for (Socket socket : open) {
                socket.getOutputStream().write(half);
            }
            assertServed();
            for (Socket socket : open) {
                socket.setSoTimeout((int) DEADLINE.multipliedBy(10).toMillis());
                assertThat(lines(socket)).startsWith("HTTP/1.1 408 ").contains("head-too-slow");
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        assertServed();
        assertThat(CLIENT.send(door.metrics(), HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("postern_gateway_heads_missed_total 10000.0");
    }

    private static void assertServed() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        assertThat(CLIENT.send(
                                door.with(OidcProvider.token("mail-read-all"), "/v1/messages/1"),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PROMPTLY);
    }

    /** What comes until the door closes the connection. */
    private static String lines(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException e) {
            return "closed without a word";
        }
    }

    private static long mostFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
