package org.postern.push.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.postern.push.Spreads;

/** Times changes from when they happened to when they are in the rows of all devices, and counts those devices. */
public final class MeteredSpreads implements Spreads {
    private final Timer delays;
    private final DistributionSummary devices;

    public MeteredSpreads(MeterRegistry registry) {
        this.delays = Timer.builder("postern.push.changes")
                .description("Changes, and how long after each it was given to its devices")
                .register(registry);
        this.devices = DistributionSummary.builder("postern.push.devices")
                .description("Devices that a change was given to")
                .register(registry);
    }

    @Override
    public void spread(int count, Duration delay) {
        delays.record(delay.isNegative() ? Duration.ZERO : delay);
        devices.record(count);
    }
}
