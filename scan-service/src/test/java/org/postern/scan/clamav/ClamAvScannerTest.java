package org.postern.scan.clamav;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.engine.Deadline;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.Body;
import org.postern.scan.Scanner;
import org.postern.scan.ScannerContract;

class ClamAvScannerTest implements ScannerContract {
    /** Longer than a busy machine takes from one scan to the next: after a silence of that length the first answer counts. */
    private static final Duration AGREEING = Duration.ofSeconds(2);

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
        return scannerAt(vertx, SocketAddress.inetSocketAddress(port, "127.0.0.1"), longestScan);
    }

    static Scanner scannerAt(Vertx vertx, SocketAddress clamd, Duration longestScan) {
        return new ClamAvScanner(
                vertx.createNetClient(ClamAvScanner.clientOptions(Duration.ofSeconds(1), longestScan)),
                clamd,
                Duration.ofMillis(1),
                AGREEING);
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
    void namesWhatWasAddedBesideTheDatabase() throws Exception {
        clamd.set("9f0c");

        ScanResult result = scanner().scan(Body.of(new byte[1]), Deadline.in(Duration.ofSeconds(5)));

        assertThat(result.engine().signatures()).isEqualTo("27800+9f0c");
    }

    @Test
    void saysTheOlderVersionUntilAllAnswersHaveAgreedForAWhile() throws Exception {
        Scanner scanner = scanner();
        assertThat(signatures(scanner)).isEqualTo("27800");
        clamd.version("ClamAV 1.4.6/27801/Tue Oct 14 08:00:00 2025");
        assertThat(signatures(scanner)).isEqualTo("27800");
        // Another clamd behind the same address, which has not taken it up.
        clamd.version("ClamAV 1.4.6/27800/Mon Oct 13 08:00:00 2025");
        assertThat(signatures(scanner)).isEqualTo("27800");
        clamd.version("ClamAV 1.4.6/27801/Tue Oct 14 08:00:00 2025");

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> "27801".equals(signatures(scanner)));
    }

    @Test
    void saysTheOlderVersionWhereItChangedBeforeTheScan() throws Exception {
        Scanner scanner = scanner();
        assertThat(signatures(scanner)).isEqualTo("27800");
        clamd.before("1: ClamAV 1.4.6/27799/Sun Oct 12 08:00:00 2025\0");

        assertThat(signatures(scanner)).isEqualTo("27799");
    }

    @Test
    void saysTheOlderVersionWhereAnOlderOneIsToldAfterTheScan() throws Exception {
        Scanner scanner = scanner();
        clamd.after("3: ClamAV 1.4.6/27799/Sun Oct 12 08:00:00 2025\0");

        assertThat(signatures(scanner)).isEqualTo("27799");
    }

    @Test
    void doesNotSayANewerVersionThatIsToldAfterTheScan() throws Exception {
        Scanner scanner = scanner();
        clamd.after("3: ClamAV 1.4.6/27801/Tue Oct 14 08:00:00 2025\0");

        assertThat(signatures(scanner)).isEqualTo("27800");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3: UNKNOWN COMMAND\0", "3: ClamAV \0"})
    void saysNoVersionWhereTheOneAfterTheScanCannotBeRead(String line) throws Exception {
        clamd.after(line);

        assertThat(signatures(scanner())).isNull();
    }

    private static @Nullable String signatures(Scanner scanner) throws Exception {
        return scanner.scan(Body.of(new byte[1]), Deadline.in(Duration.ofSeconds(5)))
                .engine()
                .signatures();
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
    void readsNotMoreThanTheBeginningOfABodyWhenNobodyListens() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        InputStream beginning = new ByteArrayInputStream(new byte[300_000]);
        InputStream rest = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read to here");
            }
        };

        ScanResult result = scannerAt(vertx, nobody)
                .scan(
                        Body.of(() -> new SequenceInputStream(beginning, rest), 1_000_000),
                        Deadline.in(Duration.ofSeconds(5)));

        assertThat(result.inconclusive()).isEqualTo(InconclusiveCause.ENGINE_DOWN);
    }
}
