package org.postern.push.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.postern.push.delivery.PendingPushes;

/** What waits and what was given up, as of the last count. */
public final class MeteredBacklog {
    private final PendingPushes pending;
    private final Clock clock;
    private volatile PendingPushes.Backlog backlog = new PendingPushes.Backlog(0, Duration.ZERO, 0);

    public MeteredBacklog(MeterRegistry registry, PendingPushes pending, Clock clock) {
        this.pending = pending;
        this.clock = clock;
        Gauge.builder("postern.push.pending", this, all -> all.backlog.devices())
                .description("Devices that have not been told something yet")
                .register(registry);
        Gauge.builder("postern.push.overdue", this, all -> all.backlog.overdue().toSeconds())
                .description("For how long the oldest push that is due has been")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("postern.push.dead.letters", this, all -> all.backlog.dead())
                .description("Pushes that were given up and kept")
                .register(registry);
    }

    /** Counts. */
    public void count() {
        backlog = pending.backlog(clock.instant());
    }
}
