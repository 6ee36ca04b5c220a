package org.postern.scan.clamav;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.Body;
import org.postern.scan.Deadline;
import org.postern.scan.Scanner;
import org.postern.scan.ScannerContract;

class ClamAvScannerTest implements ScannerContract {
    private static Vertx vertx;

    private FakeClamd clamd;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void startClamd() throws IOException {
        clamd = FakeClamd.honest();
    }

    @AfterEach
    void stopClamd() throws IOException {
        clamd.close();
    }

    @Override
    public Scanner scanner() {
        return scannerAt(vertx, clamd.port());
    }

    static Scanner scannerAt(Vertx vertx, int port) {
        return scannerAt(vertx, port, Duration.ofMinutes(1));
    }

    static Scanner scannerAt(Vertx vertx, int port, Duration longestScan) {
        return new ClamAvScanner(
                vertx.createNetClient(ClamAvScanner.clientOptions(Duration.ofSeconds(1), longestScan)),
                SocketAddress.inetSocketAddress(port, "127.0.0.1"),
                Duration.ofSeconds(30));
    }

    @Test
    void cutsAConnectionOnWhichClamdStoppedReading() throws Exception {
        Vertx own = Vertx.vertx();
        try (FakeClamd deaf = FakeClamd.replying("", FakeClamd.Reaction.STOP_READING)) {
            scannerAt(own, deaf.port(), Duration.ofMillis(300))
                    .scan(Body.of(new byte[16 * 1024 * 1024]), Deadline.in(Duration.ofMillis(300)));

            // It closes when all its connections are closed.
            assertThat(own.close().toCompletionStage()).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void sendsTheVeryBytes() throws Exception {
        byte[] body = new byte[300_001];
        new Random(7).nextBytes(body);

        scanner().scan(Body.of(body), Deadline.in(Duration.ofSeconds(5)));

        assertThat(clamd.bodies()).singleElement().isEqualTo(body);
    }

    @Test
    void isNotConfusedByAReplyThatComesAtOnce() throws Exception {
        Scanner scanner = scanner();

        for (int i = 0; i < 3000; i++) {
            ScanResult result = scanner.scan(Body.of(new byte[] {'a'}), Deadline.in(Duration.ofSeconds(5)));

            assertThat(result.verdict()).as("scan %d", i).isEqualTo(ScanVerdict.CLEAN);
        }
    }

    @Test
    void tellsVersionAndDateOfTheSignatures() throws Exception {
        ScanResult result = scanner().scan(Body.of(new byte[1]), Deadline.in(Duration.ofSeconds(5)));

        assertThat(result.engine().version()).isEqualTo("1.4.6");
        assertThat(result.engine().signatures()).isEqualTo("27800");
        assertThat(result.engine().signaturesAt()).isEqualTo("2025-10-13T08:00:00Z");
    }

    @Test
    void isInconclusiveWhenNobodyListens() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }

        ScanResult result = scannerAt(vertx, nobody).scan(Body.of(new byte[1]), Deadline.in(Duration.ofSeconds(5)));

        assertThat(result.inconclusive()).isEqualTo(InconclusiveCause.ENGINE_DOWN);
    }

    @Test
    void doesNotOpenABodyWhenNobodyListens() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        Body body = Body.of(
                () -> {
                    throw new AssertionError("opened");
                },
                1);

        ScanResult result = scannerAt(vertx, nobody).scan(body, Deadline.in(Duration.ofSeconds(5)));

        assertThat(result.inconclusive()).isEqualTo(InconclusiveCause.ENGINE_DOWN);
    }
}
