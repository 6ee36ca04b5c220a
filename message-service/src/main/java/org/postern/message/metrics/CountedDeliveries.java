package org.postern.message.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import org.postern.message.webhook.DeliveryResult;

/** Counts tries of webhooks by their results, without saying whose. */
public final class CountedDeliveries implements Consumer<DeliveryResult> {
    private final MeterRegistry registry;

    public CountedDeliveries(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void accept(DeliveryResult result) {
        Counter.builder("postern.webhook.deliveries")
                .description("Tries to tell a webhook, by how they went")
                .tag("result", result.reason())
                .register(registry)
                .increment();
    }
}
