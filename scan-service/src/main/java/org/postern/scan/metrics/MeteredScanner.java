package org.postern.scan.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import org.postern.engine.Deadline;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.Body;
import org.postern.scan.Scanner;

/** A scanner whose answers are counted and timed by verdict and reason: {@code postern.scan}. */
public final class MeteredScanner implements Scanner {
    private static final String NAME = "postern.scan";

    private final Scanner scanner;
    private final MeterRegistry registry;

    public MeteredScanner(Scanner scanner, MeterRegistry registry) {
        this.scanner = scanner;
        this.registry = registry;
    }

    @Override
    public ScanResult scan(Body body, Deadline deadline) throws IOException, InterruptedException {
        Timer.Sample sample = Timer.start(registry);
        ScanResult result = scanner.scan(body, deadline);
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
