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
import org.postern.push.delivery.Alertness;
import org.postern.push.delivery.DeadPushes;
import org.postern.push.delivery.SendPushes;
import org.postern.push.metrics.MeteredBacklog;
import org.postern.push.metrics.MeteredSubscriptions;
import org.postern.push.subscription.Subscriptions;

/** What is looked for again and again: pushes that are due, outcomes to tell, subscriptions that have expired. */
@Startup
@ApplicationScoped
class Sweeps {
    private static final Logger LOG = Logger.getLogger(Sweeps.class);
    private static final int OUTCOMES_AT_ONCE = 500;
    private static final Duration COUNT_EVERY = Duration.ofMinutes(1);
    private static final Duration BACKLOG_EVERY = Duration.ofSeconds(15);

    // A thread each, so that none waits for another while the database or the broker is away.
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(
            4, Thread.ofPlatform().name("sweep-", 0).daemon().factory());

    Sweeps(
            SendPushes pushes,
            Outcomes outcomes,
            StateAnnouncer announcer,
            Subscriptions subscriptions,
            DeadPushes deadPushes,
            MeteredSubscriptions counts,
            MeteredBacklog backlog,
            Alertness alertness,
            DeliveryConfig delivery,
            SubscriptionConfig config,
            Clock clock) {
        schedule(
                "pushes",
                () -> {
                    if (alertness.isWorthLooking() && pushes.sweep() > 0) {
                        alertness.stir();
                    }
                },
                delivery.sweepEvery());
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
        schedule(
                "dead letters",
                () -> deadPushes.clear(clock.instant().minus(delivery.keepDeadLetters())),
                config.clearEvery());
        schedule("counts", counts::count, COUNT_EVERY);
        schedule("backlog", backlog::count, BACKLOG_EVERY);
        // Soon after the start, which is when the key file is new.
        scheduler.schedule(guarded("secrets", () -> sealAnew(subscriptions)), 1, TimeUnit.SECONDS);
        schedule("secrets", () -> sealAnew(subscriptions), config.clearEvery());
    }

    private static void sealAnew(Subscriptions subscriptions) {
        Subscriptions.Sealed done = subscriptions.sealAnew();
        if (done.sealed() > 0) {
            LOG.infof("sealed the destinations of %d subscriptions with the newest key", done.sealed());
        }
        if (done.lost() > 0) {
            LOG.errorf(
                    "%d subscriptions cannot be read, because the key of their destination is not in the key file",
                    done.lost());
        }
    }

    private void schedule(String name, Runnable sweep, Duration every) {
        scheduler.scheduleWithFixedDelay(
                guarded(name, sweep), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Runnable guarded(String name, Runnable sweep) {
        return () -> {
            try {
                sweep.run();
            } catch (DatabaseAwayException e) {
                LOG.debugf("the sweep of %s found the database away", name);
            } catch (RuntimeException e) {
                // Without its message, which may quote what it failed on.
                LOG.errorf("the sweep of %s failed: %s", name, e.getClass().getName());
            }
        };
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
    }
}
