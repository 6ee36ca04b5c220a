package org.postern.push.wiring;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postern.events.TraceContext;
import org.postern.push.DatabaseAwayException;
import org.postern.push.Outcomes;
import org.postern.push.StateAnnouncer;
import org.postern.push.config.DeliveryConfig;
import org.postern.push.config.SubscriptionConfig;
import org.postern.push.delivery.SendPushes;
import org.postern.push.subscription.Subscriptions;

/** What is looked for again and again: pushes that are due, outcomes to tell, subscriptions that have expired. */
@Startup
@ApplicationScoped
class Sweeps {
    private static final Logger LOG = Logger.getLogger(Sweeps.class);
    private static final int OUTCOMES_AT_ONCE = 500;

    // A thread each, so that none waits for another while the database or the broker is away.
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(
            3, Thread.ofPlatform().name("sweep-", 0).daemon().factory());

    Sweeps(
            SendPushes pushes,
            Outcomes outcomes,
            StateAnnouncer announcer,
            Subscriptions subscriptions,
            DeliveryConfig delivery,
            SubscriptionConfig config,
            Clock clock) {
        schedule("pushes", pushes::sweep, delivery.sweepEvery());
        schedule(
                "outcomes",
                () -> {
                    while (outcomes.tell(OUTCOMES_AT_ONCE, told -> announcer.publishAll(told, TraceContext.start()))
                            == OUTCOMES_AT_ONCE) {
                        // There are more.
                    }
                },
                Duration.ofSeconds(1));
        schedule("subscriptions", () -> subscriptions.clearExpired(clock.instant()), config.clearEvery());
    }

    private void schedule(String name, Runnable sweep, Duration every) {
        scheduler.scheduleWithFixedDelay(
                () -> {
                    try {
                        sweep.run();
                    } catch (DatabaseAwayException e) {
                        LOG.debugf("the sweep of %s found the database away", name);
                    } catch (RuntimeException e) {
                        // Without its message, which may quote what it failed on.
                        LOG.errorf(
                                "the sweep of %s failed: %s", name, e.getClass().getName());
                    }
                },
                every.toMillis(),
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
    }
}
