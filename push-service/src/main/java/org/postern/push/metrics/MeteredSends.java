package org.postern.push.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import org.postern.push.delivery.DuePush;
import org.postern.push.delivery.SendPushes;
import org.postern.push.delivery.SendResult;
import org.postern.push.stream.LiveStreams;

/** Counts sends by channel and result, with the time from the change to the send. */
public final class MeteredSends implements SendPushes.Sends {
    private final MeterRegistry registry;
    private final Clock clock;

    public MeteredSends(MeterRegistry registry, LiveStreams streams, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        Gauge.builder("postern.push.streams", streams, LiveStreams::size)
                .description("Clients that listen right now")
                .register(registry);
    }

    @Override
    public void sent(DuePush push, SendResult result) {
        Timer.builder("postern.push.sends")
                .description("Pushes, and how long after the change they were sent")
                .tag("channel", push.subscription().destination().channel().word())
                .tag("result", word(result))
                .register(registry)
                .record(Duration.between(push.since(), clock.instant()));
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
