package org.postern.message.wiring;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postern.message.CollectFacts;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.ReceiveFromMailServer;
import org.postern.message.ReceiveMail;
import org.postern.message.RelayEvents;
import org.postern.message.config.RelayConfig;

/** What is looked for again and again: deadlines, events left over, keys of yesterday. */
@Startup
@ApplicationScoped
class Sweeps {
    private static final Logger LOG = Logger.getLogger(Sweeps.class);

    // A thread each, so that none waits for another while the database or the broker is away.
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(
            4, Thread.ofPlatform().name("sweep-", 0).daemon().factory());

    Sweeps(
            CollectFacts facts,
            RelayEvents relay,
            ReceiveMail intake,
            ReceiveFromMailServer mailServers,
            RelayConfig config) {
        schedule("deadlines", facts::judgeOverdue, config.deadlinesEvery());
        schedule("outbox", relay::sweep, config.sweepEvery());
        schedule("intake keys", intake::clearKeys, config.clearKeysEvery());
        schedule("tries of mail servers", mailServers::clearTries, config.clearKeysEvery());
    }

    private void schedule(String name, Runnable sweep, Duration every) {
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
                every.toMillis(),
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
    }
}
