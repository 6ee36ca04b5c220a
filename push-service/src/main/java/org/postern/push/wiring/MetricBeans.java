package org.postern.push.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.postern.push.Spreads;
import org.postern.push.delivery.Alertness;
import org.postern.push.delivery.PendingPushes;
import org.postern.push.metrics.MeteredBacklog;
import org.postern.push.metrics.MeteredSpreads;
import org.postern.push.metrics.MeteredStreams;
import org.postern.push.metrics.MeteredSubscriptions;
import org.postern.push.stream.StreamEnds;
import org.postern.push.subscription.Subscriptions;

/** What is counted. */
final class MetricBeans {
    @Produces
    @Singleton
    MeteredSubscriptions meteredSubscriptions(MeterRegistry registry, Subscriptions subscriptions) {
        return new MeteredSubscriptions(registry, subscriptions);
    }

    @Produces
    @Singleton
    MeteredBacklog meteredBacklog(MeterRegistry registry, PendingPushes pending, Clock clock) {
        return new MeteredBacklog(registry, pending, clock);
    }

    @Produces
    @Singleton
    Spreads spreads(MeterRegistry registry, Alertness alertness) {
        MeteredSpreads metered = new MeteredSpreads(registry);
        return (devices, delay) -> {
            metered.spread(devices, delay);
            if (devices > 0) {
                alertness.stir();
            }
        };
    }

    @Produces
    @Singleton
    StreamEnds streamEnds(MeterRegistry registry) {
        return new MeteredStreams(registry);
    }
}
