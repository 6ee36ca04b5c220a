package org.postern.scan.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.postern.scan.Signatures;
import org.postern.scan.recall.Progress;
import org.postern.scan.recall.RecallRun;
import org.postern.scan.recall.RecallRuns;
import org.postern.scan.recall.Tally;

/**
 * Runs that are counted: {@code postern.recall.messages} by what came of them, of this replica; {@code postern.recall.left},
 * what the newest run has still to look at, and {@code postern.recall.running}, for how long it has been going on (0 where
 * none is), of all replicas and as of the last time that somebody asked for the progress.
 */
public final class MeteredRuns implements RecallRuns {
    private static final String NAME = "postern.recall.messages";

    private final RecallRuns runs;
    private final MeterRegistry registry;
    private final Clock clock;
    private final AtomicLong left = new AtomicLong();
    private final AtomicLong runningMillis = new AtomicLong();

    public MeteredRuns(RecallRuns runs, MeterRegistry registry, Clock clock) {
        this.runs = runs;
        this.registry = registry;
        this.clock = clock;
        registry.gauge("postern.recall.left", left);
        TimeGauge.builder("postern.recall.running", runningMillis, TimeUnit.MILLISECONDS, AtomicLong::get)
                .description("For how long the newest run has been going on")
                .register(registry);
    }

    @Override
    public void advance(RecallRun run, int partition, long next, long end, Tally came) {
        runs.advance(run, partition, next, end, came);
        count("unchanged", came.scanned() - came.worse() - came.better());
        count("worse", came.worse());
        count("better", came.better());
        count("known", came.known());
        count("gone", came.gone());
        count("failed", came.failed());
    }

    private void count(String result, long messages) {
        if (messages > 0) {
            Counter.builder(NAME).tag("result", result).register(registry).increment((double) messages);
        }
    }

    @Override
    public Optional<Progress> progress() {
        Optional<Progress> progress = runs.progress();
        progress.ifPresent(now -> {
            left.set(now.left());
            Duration running = Duration.between(now.run().begunAt(), clock.instant());
            runningMillis.set(now.run().hasEnded() ? 0 : Math.max(0, running.toMillis()));
        });
        return progress;
    }

    @Override
    public Optional<RecallRun> begin(Signatures signatures, Duration window, Duration settling, Instant now) {
        return runs.begin(signatures, window, settling, now);
    }

    @Override
    public Optional<RecallRun> newest() {
        return runs.newest();
    }

    @Override
    public Optional<Point> point(RecallRun run, int partition) {
        return runs.point(run, partition);
    }

    @Override
    public Point begin(RecallRun run, int partition, long first, long end) {
        return runs.begin(run, partition, first, end);
    }

    @Override
    public void end(RecallRun run, int partition, int partitions, Instant now) {
        runs.end(run, partition, partitions, now);
    }
}
