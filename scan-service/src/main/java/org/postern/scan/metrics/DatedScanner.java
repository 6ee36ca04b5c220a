package org.postern.scan.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postern.engine.Deadline;
import org.postern.events.mail.ScanResult;
import org.postern.scan.Body;
import org.postern.scan.Scanner;

/**
 * An engine whose signatures are dated: {@code postern.scan.signatures.time} is when those of the newest answer were made,
 * in seconds of the epoch. There is no such metric before the first answer that told it, and an answer that does not tell
 * leaves it as it was: signatures that were lost go on to age. The samples of readiness count, so that an idle service has
 * it too.
 */
public final class DatedScanner implements Scanner {
    private static final double MILLIS = 1000;
    private static final long NEVER = Long.MIN_VALUE;

    private final Scanner scanner;
    private final MeterRegistry registry;
    private final AtomicLong madeMillis = new AtomicLong(NEVER);

    public DatedScanner(Scanner scanner, MeterRegistry registry) {
        this.scanner = scanner;
        this.registry = registry;
    }

    @Override
    public ScanResult scan(Body body, Deadline deadline) throws IOException, InterruptedException {
        ScanResult result = scanner.scan(body, deadline);
        note(result.engine().signaturesAt());
        return result;
    }

    private void note(@Nullable Instant made) {
        if (made != null && madeMillis.getAndSet(made.toEpochMilli()) == NEVER) {
            TimeGauge.builder("postern.scan.signatures.time", madeMillis, TimeUnit.SECONDS, at -> at.get() / MILLIS)
                    .description("When the signatures of the newest answer were made")
                    .register(registry);
        }
    }

    @Override
    public String engine() {
        return scanner.engine();
    }
}
