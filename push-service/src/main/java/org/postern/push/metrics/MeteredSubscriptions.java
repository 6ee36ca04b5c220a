package org.postern.push.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.postern.events.push.PushChannel;
import org.postern.push.subscription.Subscriptions;

/** How many devices are subscribed, by the kind of channel, as of the last count. */
public final class MeteredSubscriptions {
    private final Subscriptions subscriptions;
    private volatile Map<PushChannel, Long> counts = Map.of();

    public MeteredSubscriptions(MeterRegistry registry, Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
        for (PushChannel channel : PushChannel.values()) {
            if (channel != PushChannel.UNRECOGNISED) {
                Gauge.builder("postern.push.subscriptions", this, all -> all.counts.getOrDefault(channel, 0L))
                        .description("Devices that are subscribed")
                        .tag("channel", channel.word())
                        .register(registry);
            }
        }
    }

    /** Counts them. */
    public void count() {
        counts = subscriptions.count();
    }
}
