package org.postern.spam.wiring;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postern.spam.DatabaseAwayException;
import org.postern.spam.config.HistoryConfig;
import org.postern.spam.config.LearningConfig;
import org.postern.spam.postgres.JdbcLearnedWords;

/** Forgets what was remembered for long enough, now and then. Each replica does; what one takes the others pass over. */
@ApplicationScoped
public class Forgetting {
    private static final Logger LOG = Logger.getLogger(Forgetting.class);
    /** So that no run takes long: what is left is for the next. */
    private static final int MOST_ROUNDS = 100;

    private final HistoryBeans.KeptHistory history;
    private final JdbcLearnedWords words;
    private final Duration every;
    private final Duration remembered;
    private final Clock clock = Clock.systemUTC();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("forgetting").factory());

    Forgetting(
            HistoryBeans.KeptHistory history, JdbcLearnedWords words, HistoryConfig config, LearningConfig learning) {
        this.history = history;
        this.words = words;
        this.every = config.forgottenEvery();
        this.remembered = learning.remembered();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it runs until the service ends
    void start(@Observes StartupEvent event) {
        scheduler.scheduleWithFixedDelay(this::forget, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        scheduler.shutdownNow();
    }

    private void forget() {
        try {
            Instant before = clock.instant().minus(remembered);
            boolean more = true;
            for (int round = 0; more && round < MOST_ROUNDS; round++) {
                more = words.forgetBefore(before);
                more |= history.contacts().isPresent()
                        && history.contacts().get().forget();
            }
        } catch (DatabaseAwayException e) {
            LOG.warn("what is old could not be forgotten: the database is away. It is tried again later");
        } catch (RuntimeException e) {
            LOG.errorf("what is old could not be forgotten: %s", e.getClass().getName());
        }
    }
}
