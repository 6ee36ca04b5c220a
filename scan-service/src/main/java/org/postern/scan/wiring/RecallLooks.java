package org.postern.scan.wiring;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postern.scan.config.RecallConfig;
import org.postern.scan.recall.MemoryAwayException;
import org.postern.scan.recall.RecallRun;
import org.postern.scan.recall.RecallRuns;
import org.postern.scan.recall.ScanMemory;
import org.postern.scan.recall.WatchSignatures;

/** What is looked at again and again: whether the signatures are others, and what need not be remembered any more. */
@Startup
@ApplicationScoped
class RecallLooks {
    private static final Logger LOG = Logger.getLogger(RecallLooks.class);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);
    /** Beyond the window, so that a run that takes long finds what it needs. */
    private static final Duration REMEMBERED_LONGER = Duration.ofDays(1);

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().name("recall-looks").daemon().factory());

    RecallLooks(RecallConfig config, WatchSignatures watch, RecallRuns runs, ScanMemory memory) {
        if (!config.enabled()) {
            return;
        }
        schedule(
                () -> {
                    watch.look().ifPresent(RecallLooks::say);
                    runs.progress();
                },
                config.lookEvery());
        Clock clock = Clock.systemUTC();
        schedule(() -> memory.forget(clock.instant().minus(config.window()).minus(REMEMBERED_LONGER)), FORGET_EVERY);
    }

    private static void say(RecallRun run) {
        LOG.infof(
                "clamd has other signatures (%s): messages received since %s are scanned again",
                run.signatures().word(), run.since());
    }

    private void schedule(Look look, Duration every) {
        scheduler.scheduleWithFixedDelay(
                () -> {
                    try {
                        look.look();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (MemoryAwayException e) {
                        LOG.debug("the memory of scans is away");
                    } catch (RuntimeException e) {
                        // Without its message, which may quote what it failed on.
                        LOG.errorf(
                                "looking for other signatures failed: %s",
                                e.getClass().getName());
                    }
                },
                every.toMillis(),
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @FunctionalInterface
    private interface Look {
        void look() throws InterruptedException;
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
    }
}
