package org.postern.scan.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postern.engine.Deadline;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.Body;
import org.postern.scan.Scanner;

class DatedScannerTest {
    private static final Instant MADE = Instant.parse("2026-11-24T08:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void tells_nothing_of_signatures_before_the_first_answer() {
        new DatedScanner(answering(new EngineVersion("clamav", "1.4.3", "27500", MADE)), registry);
        assertThat(registry.find("postern.scan.signatures.time").timeGauge()).isNull();
    }

    @Test
    void tells_when_the_signatures_of_the_newest_answer_were_made() throws Exception {
        new DatedScanner(answering(new EngineVersion("clamav", "1.4.3", "27500", MADE)), registry)
                .scan(Body.of(new byte[1]), Deadline.in(Duration.ofSeconds(1)));
        assertThat(signatures()).isEqualTo(MADE.getEpochSecond());
    }

    @Test
    void keeps_what_it_knew_when_an_answer_does_not_say() throws Exception {
        Scanner[] current = {answering(new EngineVersion("clamav", "1.4.3", "27500", MADE))};
        DatedScanner scanner = new DatedScanner(
                new Scanner() {
                    @Override
                    public ScanResult scan(Body body, Deadline deadline)
                            throws java.io.IOException, InterruptedException {
                        return current[0].scan(body, deadline);
                    }

                    @Override
                    public String engine() {
                        return "clamav";
                    }
                },
                registry);
        scanner.scan(Body.of(new byte[1]), Deadline.in(Duration.ofSeconds(1)));
        current[0] = answering(EngineVersion.named("clamav"));
        scanner.scan(Body.of(new byte[1]), Deadline.in(Duration.ofSeconds(1)));
        assertThat(signatures()).isEqualTo(MADE.getEpochSecond());
    }

    private double signatures() {
        return registry.get("postern.scan.signatures.time").timeGauge().value(TimeUnit.SECONDS);
    }

    private static Scanner answering(EngineVersion engine) {
        return new Scanner() {
            @Override
            public ScanResult scan(Body body, Deadline deadline) {
                return new ScanResult(ScanVerdict.CLEAN, null, null, List.of(), engine, Duration.ofMillis(5));
            }

            @Override
            public String engine() {
                return "clamav";
            }
        };
    }
}
