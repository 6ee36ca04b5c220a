package org.postern.scan.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.postern.engine.Deadline;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.Body;
import org.postern.scan.wiring.InspectionBeans;

/**
 * Whatever comes in, the look inside comes to a verdict within its limits: no exception, no hang, no file left behind, and
 * never clean where a part was not looked at.
 */
class InspectionFuzzTest {
    // Below the defaults, so that inputs of the size that fuzzing makes meet them. A look that takes longer than this
    // at
    // these sizes is a fault.
    private static final InspectionLimits LIMITS =
            new InspectionLimits(4, 100, 20, 8 << 20, 50, 1 << 16, 4 << 20, Duration.ofSeconds(10));
    private static final Path SPOOL = folder();
    private static final InspectingScanner SCANNER = scanner();

    @FuzzTest(maxDuration = "2m")
    void looksIntoAnyFile(byte[] file) throws Exception {
        inspected(Body.of(() -> new ByteArrayInputStream(file), file.length, "file", null));
    }

    @FuzzTest(maxDuration = "2m")
    void looksIntoAnyMail(byte[] mail) throws Exception {
        inspected(Body.mail(() -> new ByteArrayInputStream(mail), mail.length));
    }

    private static void inspected(Body body) throws Exception {
        ScanResult result = SCANNER.scan(body, Deadline.in(Duration.ofSeconds(15)));

        assertThat(result.verdict()).isNotEqualTo(ScanVerdict.INCONCLUSIVE);
        assertThat(result.verdict() == ScanVerdict.UNSCANNABLE).isEqualTo(result.unscannable() != null);
        assertThat(result.parts() == null ? 0 : result.parts().size()).isLessThanOrEqualTo(LIMITS.entriesListed());
        try (Stream<Path> left = java.nio.file.Files.list(SPOOL)) {
            assertThat(left).isEmpty();
        }
    }

    private static Path folder() {
        try {
            return java.nio.file.Files.createTempDirectory("fuzzed");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InspectingScanner scanner() {
        try {
            return new InspectingScanner(new MarkScanner(), InspectionBeans.standard(LIMITS, SPOOL), 1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void close() throws IOException {
        java.nio.file.Files.delete(SPOOL);
    }
}
