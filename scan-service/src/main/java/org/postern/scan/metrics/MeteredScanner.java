package org.postern.scan.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.Body;
import org.postern.scan.Deadline;
import org.postern.scan.Scanner;

/**
 * A scanner whose answers are counted and timed by verdict and reason: {@code postern.scan}. The date of the newest
 * signatures that an answer rested on is {@code postern.scan.signatures.time}, in seconds of the epoch; nothing before the
 * first answer that told it.
 */
public final class MeteredScanner implements Scanner {
    private static final String NAME = "postern.scan";
    private static final double MILLIS = 1000;

    private final Scanner scanner;
    private final MeterRegistry registry;
    private final AtomicReference<@Nullable Instant> signatures = new AtomicReference<>();

    public MeteredScanner(Scanner scanner, MeterRegistry registry) {
        this.scanner = scanner;
        this.registry = registry;
        TimeGauge.builder("postern.scan.signatures.time", signatures, TimeUnit.SECONDS, MeteredScanner::seconds)
                .description("When the signatures of the newest answer were made")
                .register(registry);
    }

    private static double seconds(AtomicReference<@Nullable Instant> signatures) {
        Instant at = signatures.get();
        return at == null ? Double.NaN : at.toEpochMilli() / MILLIS;
    }

    @Override
    public ScanResult scan(Body body, Deadline deadline) throws IOException, InterruptedException {
        Timer.Sample sample = Timer.start(registry);
        ScanResult result = scanner.scan(body, deadline);
        Instant at = result.engine().signaturesAt();
        if (at != null) {
            signatures.set(at);
        }
        sample.stop(registry.timer(NAME, "verdict", result.verdict().word(), "reason", reason(result)));
        return result;
    }

    private static String reason(ScanResult result) {
        InconclusiveCause inconclusive = result.inconclusive();
        if (inconclusive != null) {
            return inconclusive.word();
        }
        UnscannableReason unscannable = result.unscannable();
        return unscannable == null ? "none" : unscannable.word();
    }

    @Override
    public String engine() {
        return scanner.engine();
    }
}
