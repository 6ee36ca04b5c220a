package org.postern.message.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts tries to withdraw or restore copies by how they went, and what waits. */
public final class CountedWithdrawals implements Consumer<String> {
    private final MeterRegistry registry;
    private final AtomicLong waiting = new AtomicLong();

    public CountedWithdrawals(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("postern.withdrawals.waiting", waiting, AtomicLong::doubleValue)
                .description("Mailboxes in which copies are to be withdrawn or restored")
                .register(registry);
    }

    @Override
    public void accept(String result) {
        Counter.builder("postern.withdrawals")
                .description("Tries to withdraw or restore copies, by how they went")
                .tag("result", result)
                .register(registry)
                .increment();
    }

    /** So many wait. */
    public void waiting(long now) {
        waiting.set(now);
    }
}
