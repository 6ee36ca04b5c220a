package org.postern.push.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import org.postern.push.delivery.Circuits;
import org.postern.push.delivery.DuePush;
import org.postern.push.delivery.SendPushes;
import org.postern.push.delivery.SendResult;
import org.postern.push.stream.LiveStreams;

/** Counts sends by channel and result, with the time from the change to the send. */
public final class MeteredSends implements SendPushes.Sends {
    private static final String CHANNEL = "channel";

    private final MeterRegistry registry;
    private final Clock clock;

    public MeteredSends(MeterRegistry registry, LiveStreams streams, Circuits circuits, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        Gauge.builder("postern.push.hosts.closed", circuits, all -> all.open(clock.instant()))
                .description("Hosts that are left alone right now because they do not answer")
                .register(registry);
        Gauge.builder("postern.push.streams", streams, LiveStreams::size)
                .description("Clients that listen right now")
                .register(registry);
    }

    @Override
    public void sent(DuePush push, SendResult result) {
        Timer.builder("postern.push.sends")
                .description("Pushes, and how long after the change they were sent")
                .tag(CHANNEL, channel(push))
                .tag("result", word(result))
                .register(registry)
                .record(Duration.between(push.since(), clock.instant()));
        if (result instanceof SendResult.Delivered) {
            DistributionSummary.builder("postern.push.merged")
                    .description("Changes that were told by one push")
                    .tag(CHANNEL, channel(push))
                    .register(registry)
                    .record(push.merged());
        }
        if (push.spent()) {
            counted("postern.push.budgets.spent", "Pushes that were the last of their device's budget", push);
        }
    }

    @Override
    public void postponed(DuePush push) {
        counted("postern.push.postponed", "Pushes that were not tried because their host gets no more for now", push);
    }

    private void counted(String name, String description, DuePush push) {
        Counter.builder(name)
                .description(description)
                .tag(CHANNEL, channel(push))
                .register(registry)
                .increment();
    }

    private static String channel(DuePush push) {
        return push.subscription().destination().channel().word();
    }

    private static String word(SendResult result) {
        return switch (result) {
            case SendResult.Delivered delivered -> "delivered";
            case SendResult.Gone gone -> "gone";
            case SendResult.Refused refused -> refused.reason();
            case SendResult.TryLater later -> later.reason();
        };
    }
}
