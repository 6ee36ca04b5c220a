package org.postern.push.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.postern.push.SubscribeDevice;
import org.postern.push.SubscriptionTerms;
import org.postern.push.config.DeliveryConfig;
import org.postern.push.config.SubscriptionConfig;
import org.postern.push.delivery.Alertness;
import org.postern.push.delivery.Circuits;
import org.postern.push.delivery.PendingPushes;
import org.postern.push.delivery.PushSender;
import org.postern.push.delivery.RetrySchedule;
import org.postern.push.delivery.SendPushes;
import org.postern.push.metrics.MeteredSends;
import org.postern.push.stream.LiveStreams;
import org.postern.push.subscription.Subscriptions;

/** What subscribes devices and sends to them. */
final class DeliveryBeans {
    /** Longer than a push waits for more to tell where its device was left in peace before. */
    private static final Duration ALERT = Duration.ofSeconds(2);

    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(1);

    @Produces
    @Singleton
    SubscribeDevice subscribeDevice(
            Subscriptions subscriptions, PushSender sender, SubscriptionConfig config, Clock clock) {
        return new SubscribeDevice(
                subscriptions,
                sender,
                new SubscriptionTerms(config.most(), config.mostAnHour(), config.longest()),
                clock);
    }

    @Produces
    @Singleton
    Alertness alertness() {
        return new Alertness(ALERT, LOOK_ANYWAY, System::nanoTime);
    }

    @Produces
    @Singleton
    Circuits circuits(DeliveryConfig config) {
        return new Circuits(
                config.hostFailures(),
                config.firstHostPause(),
                config.longestHostPause(),
                Circuits.shareOf(config.atOnce()));
    }

    @Produces
    @Singleton
    SendPushes sendPushes(
            PendingPushes pending,
            PushSender sender,
            Circuits circuits,
            DeliveryConfig config,
            MeterRegistry registry,
            LiveStreams streams,
            @VirtualThreads ExecutorService executor,
            Clock clock) {
        return new SendPushes(
                pending,
                sender,
                new RetrySchedule(config.firstPause(), config.longestPause(), config.giveUpAfter()),
                circuits,
                new MeteredSends(registry, streams, circuits, clock),
                executor,
                config.atOnce(),
                config.timeout().multipliedBy(3),
                clock);
    }
}
