package org.postern.message.wiring;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postern.message.LedgerUnavailableException;

/** Does things again and again. One that fails is done again the next time, and holds up no other. */
final class Sweeper implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    private final ScheduledExecutorService scheduler;

    /**
     * @param name of the threads
     * @param threads one for each thing, so that none waits for another while the database or the broker is away
     */
    Sweeper(String name, int threads) {
        scheduler = Executors.newScheduledThreadPool(
                threads, Thread.ofPlatform().name(name + "-", 0).daemon().factory());
    }

    /** Does something, and again when it has been done for that long. */
    void schedule(String name, Runnable sweep, Duration every) {
        schedule(name, sweep, every, every);
    }

    /** @param first how long after now it is done first */
    void schedule(String name, Runnable sweep, Duration first, Duration every) {
        scheduler.scheduleWithFixedDelay(
                () -> {
                    try {
                        sweep.run();
                    } catch (LedgerUnavailableException e) {
                        LOG.debugf("the sweep of %s found the database away", name);
                    } catch (RuntimeException e) {
                        LOG.errorf(e, "the sweep of %s failed", name);
                    }
                },
                first.toMillis(),
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
