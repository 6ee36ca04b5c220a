package org.postern.message.wiring;

import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postern.message.SettledClock;
import org.postern.message.config.WebhookConfig;
import org.postern.message.deadletter.Redriven;
import org.postern.message.kafka.EventTail;
import org.postern.message.outlet.Outlet;
import org.postern.message.outlet.ToldEvent;
import org.postern.message.webhook.Deliveries;
import org.postern.message.webhook.SendDeliveries;

/** Follows the topics for webhooks, and looks for what is due, while the service runs. */
@Startup
@ApplicationScoped
class WebhookSweeps {
    private static final String GROUP = "message-service-webhooks";
    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);
    private static final Duration REMEMBER_REDRIVEN = Duration.ofDays(35);
    private static final Duration REMEMBER_DELIVERED = Duration.ofDays(1);

    private final Map<String, Object> broker;
    private final Deliveries deliveries;
    private final SendDeliveries sends;
    private final Redriven redriven;
    private final WebhookConfig config;
    private final SettledClock settled;
    private final Clock clock;
    private final Sweeper sweeper = new Sweeper("webhooks", 2);
    private @Nullable EventTail tail;

    WebhookSweeps(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            Deliveries deliveries,
            SendDeliveries sends,
            Redriven redriven,
            WebhookConfig config,
            SettledClock settled,
            Clock clock) {
        this.broker = broker;
        this.deliveries = deliveries;
        this.sends = sends;
        this.redriven = redriven;
        this.config = config;
        this.settled = settled;
        this.clock = clock;
    }

    @PostConstruct
    void start() {
        if (!config.enabled()) {
            return;
        }
        tail = EventTail.start(broker, GROUP, ToldEvent.leaving(), EventTail.Beginning.LATELY, new Outlet() {
            @Override
            public void take(List<ToldEvent> events) {
                deliveries.keep(events, clock.instant());
            }

            @Override
            public boolean isWanted(Instant told) {
                return deliveries.isAwaited(told);
            }
        });
        sweeper.schedule("webhooks", sends::sweep, config.sweepEvery());
        sweeper.schedule("settled deliveries", this::tidy, TIDY_EVERY);
    }

    private void tidy() {
        Instant now = clock.instant();
        // No pause is longer than a delivery is tried.
        deliveries.waitNoLongerThan(now.plus(config.giveUpAfter()), now);
        // Nothing is old while nobody knows for sure what time it is.
        Instant believed = settled.now().orElse(Instant.EPOCH);
        deliveries.tidy(
                believed.minus(config.giveUpAfter()),
                believed.minus(REMEMBER_DELIVERED),
                believed.minus(config.keepDeadLetters()),
                config.mostWaiting(),
                now);
        redriven.forget(believed.minus(REMEMBER_REDRIVEN));
    }

    @PreDestroy
    void stop() {
        sweeper.close();
        if (tail != null) {
            tail.close();
        }
    }
}
