package org.postern.scan.clamav;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.SocketAddress;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postern.engine.Deadline;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.AttachedMail;
import org.postern.scan.Body;
import org.postern.scan.Scanner;
import org.postern.scan.ScannerContract;
import org.postern.scan.SizeProbe;
import org.postern.testsupport.Clamd;

class ClamAvScannerIT implements ScannerContract {
    private static final Clamd CLAMD = new Clamd();
    private static final long LARGEST_LET_IN = 100L * 1024 * 1024;
    private static final long OVER_STREAM_MAX_LENGTH = 120L * 1024 * 1024;

    private static Vertx vertx;
    private static Scanner scanner;

    @BeforeAll
    static void start() {
        Map<String, String> config = CLAMD.start();
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        scanner = ClamAvScannerTest.scannerAt(vertx, Integer.parseInt(config.get("postern.clamd.port")));
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        CLAMD.stop();
    }

    @Override
    public Scanner scanner() {
        return scanner;
    }

    @Test
    void asksAClamdOnALocalSocketToo() throws Exception {
        Scanner local = ClamAvScannerTest.scannerAt(
                vertx, SocketAddress.domainSocketAddress(CLAMD.socket().toString()), Duration.ofMinutes(1));

        assertThat(local.scan(Body.of(AttachedMail.infected()), Deadline.in(Duration.ofSeconds(20)))
                        .verdict())
                .isEqualTo(ScanVerdict.INFECTED);
        assertThat(local.scan(
                                Body.of(() -> new Zeros(LARGEST_LET_IN), LARGEST_LET_IN),
                                Deadline.in(Duration.ofSeconds(60)))
                        .verdict())
                .isEqualTo(ScanVerdict.CLEAN);
    }

    @Test
    void cannotLookIntoAnEncryptedArchive() throws Exception {
        ScanResult result = scanner.scan(Body.of(AttachedMail.encrypted()), Deadline.in(Duration.ofSeconds(20)));

        assertThat(result.verdict()).isEqualTo(ScanVerdict.UNSCANNABLE);
        assertThat(result.unscannable()).isEqualTo(UnscannableReason.ENCRYPTED);
    }

    @Test
    void doesNotCallABodyCleanThatClamdDoesNotTakeToItsEnd() throws Exception {
        Body body = Body.of(() -> new Zeros(OVER_STREAM_MAX_LENGTH), OVER_STREAM_MAX_LENGTH);

        ScanResult result = scanner.scan(body, Deadline.in(Duration.ofSeconds(60)));

        // clamd closes while we write; whether its last words still reach us is up to the kernel.
        assertThat(result.verdict()).isIn(ScanVerdict.UNSCANNABLE, ScanVerdict.INCONCLUSIVE);
        if (result.verdict() == ScanVerdict.UNSCANNABLE) {
            assertThat(result.unscannable()).isEqualTo(UnscannableReason.TOO_LARGE);
        }
    }

    @Test
    void takesTheLargestBodyThatIsLetInAndIsCaughtWhereItDoesNot() {
        assertThat(answerTo(LARGEST_LET_IN)).isEqualTo(SizeProbe.Answer.TAKEN);
        assertThat(answerTo(OVER_STREAM_MAX_LENGTH)).isEqualTo(SizeProbe.Answer.REFUSED);
    }

    private static SizeProbe.Answer answerTo(long size) {
        SizeProbe probe = new SizeProbe(scanner, size, Duration.ofSeconds(60), Duration.ofSeconds(60), Runnable::run);
        probe.answer();
        return probe.answer();
    }

    /** As many zeros as wanted, without holding them. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(length, left);
            Arrays.fill(into, offset, offset + n, (byte) 0);
            left -= n;
            return n;
        }
    }
}
