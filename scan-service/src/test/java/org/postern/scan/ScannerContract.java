package org.postern.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.postern.engine.BodyTruncatedException;
import org.postern.engine.Deadline;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;

/** What every scanner does, whatever the engine. */
public interface ScannerContract {
    /** The scanner under test, its engine running with a signature of EICAR. */
    Scanner scanner();

    /** The EICAR test file, put together here so that the sources are not taken for it. */
    static byte[] eicar() {
        return ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    default void callsAHarmlessBodyClean() throws Exception {
        ScanResult result = scan(Body.of("nothing here".getBytes(StandardCharsets.US_ASCII)));

        assertThat(result.verdict()).isEqualTo(ScanVerdict.CLEAN);
        assertThat(result.findings()).isEmpty();
        assertThat(result.took()).isPositive();
    }

    @Test
    default void findsTheTestVirusAndNamesIt() throws Exception {
        ScanResult result = scan(Body.of(eicar()));

        assertThat(result.verdict()).isEqualTo(ScanVerdict.INFECTED);
        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("virus");
            assertThat(finding.signature()).containsIgnoringCase("eicar");
        });
    }

    @Test
    default void tellsWhichEngineAnswered() throws Exception {
        ScanResult result = scan(Body.of(eicar()));

        assertThat(result.engine().name()).isEqualTo(scanner().engine());
        assertThat(result.engine().version()).isNotBlank();
    }

    @Test
    default void scansABodyOfUnknownSize() throws Exception {
        ScanResult result = scan(Body.of(() -> new ByteArrayInputStream(eicar()), Body.UNKNOWN_SIZE));

        assertThat(result.verdict()).isEqualTo(ScanVerdict.INFECTED);
    }

    @Test
    default void scansABodyOfManyChunks() throws Exception {
        byte[] large = new byte[3 * 1024 * 1024 + 17];
        Arrays.fill(large, (byte) 'a');

        assertThat(scan(Body.of(large)).verdict()).isEqualTo(ScanVerdict.CLEAN);
    }

    @Test
    default void scansABodyThatEndsWhereAChunkEnds() throws Exception {
        byte[] two = new byte[2 * 64 * 1024];
        Arrays.fill(two, (byte) 'a');

        assertThat(scan(Body.of(two)).verdict()).isEqualTo(ScanVerdict.CLEAN);
    }

    @Test
    default void letsTheFailureOfTheBodyThrough() {
        IOException failure = new IOException("the store fails here");
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }
        };
        InputStream body = new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), failing);

        assertThatThrownBy(() -> scan(Body.of(() -> body, 200_000))).isSameAs(failure);
    }

    @Test
    default void doesNotCallABodyCleanThatIsShorterThanItMustBe() {
        assertThatThrownBy(() -> scan(Body.of(() -> new ByteArrayInputStream(new byte[10]), 11)))
                .isInstanceOf(BodyTruncatedException.class);
    }

    @Test
    default void doesNotCallABodyCleanThatIsLongerThanItMustBe() {
        assertThatThrownBy(() -> scan(Body.of(() -> new ByteArrayInputStream(new byte[12]), 11)))
                .isInstanceOf(BodyTruncatedException.class);
    }

    @Test
    default void doesNotCallNothingClean() {
        assertThatThrownBy(() -> scan(Body.of(InputStream::nullInputStream, Body.UNKNOWN_SIZE)))
                .isInstanceOf(BodyTruncatedException.class);
        assertThatThrownBy(() -> scan(Body.of(InputStream::nullInputStream, 3)))
                .isInstanceOf(BodyTruncatedException.class);
    }

    @Test
    default void isInconclusiveWhenTheDeadlineIsOver() throws Exception {
        ScanResult result = scanner().scan(Body.of(eicar()), Deadline.in(Duration.ZERO));

        assertThat(result.verdict()).isEqualTo(ScanVerdict.INCONCLUSIVE);
        assertThat(result.inconclusive()).isIn(InconclusiveCause.TIMED_OUT, InconclusiveCause.ENGINE_DOWN);
    }

    private ScanResult scan(Body body) throws IOException, InterruptedException {
        return scanner().scan(body, Deadline.in(Duration.ofSeconds(20)));
    }
}
