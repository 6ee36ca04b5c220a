package org.postern.scan.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.engine.Deadline;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.Body;
import org.postern.scan.Scanner;

class MeteredScannerTest {
    private static final EngineVersion ENGINE = EngineVersion.named("clamav");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void countsVerdictsWithTheirReasonsSoThatSharesCanBeTold() throws Exception {
        scan(new ScanResult(ScanVerdict.CLEAN, null, null, List.of(), ENGINE, Duration.ZERO));
        scan(new ScanResult(ScanVerdict.CLEAN, null, null, List.of(), ENGINE, Duration.ZERO));
        scan(new ScanResult(
                ScanVerdict.UNSCANNABLE, UnscannableReason.ENCRYPTED, null, List.of(), ENGINE, Duration.ZERO));
        scan(ScanResult.inconclusive(InconclusiveCause.TIMED_OUT, ENGINE, Duration.ZERO));

        assertThat(count("clean", "none")).isEqualTo(2);
        assertThat(count("unscannable", "encrypted")).isOne();
        assertThat(count("inconclusive", "timed-out")).isOne();
    }

    private long count(String verdict, String reason) {
        return registry.get("postern.scan")
                .tags("verdict", verdict, "reason", reason)
                .timer()
                .count();
    }

    private void scan(ScanResult result) throws Exception {
        Scanner scanner = new Scanner() {
            @Override
            public ScanResult scan(Body body, Deadline deadline) {
                return result;
            }

            @Override
            public String engine() {
                return "clamav";
            }
        };
        new MeteredScanner(scanner, registry).scan(Body.of(new byte[1]), Deadline.in(Duration.ofSeconds(1)));
    }
}
