package org.postern.message.wiring;

import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.SettledClock;
import org.postern.message.config.GarbageConfig;
import org.postern.message.config.IntakeConfig;
import org.postern.message.config.QuarantineConfig;
import org.postern.message.garbage.CollectGarbage;
import org.postern.message.kafka.KafkaReferences;
import org.postern.message.postgres.JdbcReferences;
import org.postern.store.config.ConfiguredStore;

/** Looks through the store now and then. */
@Startup
@ApplicationScoped
class GarbageSweep {
    private static final Logger LOG = Logger.getLogger(GarbageSweep.class);
    private static final Duration FIRST = Duration.ofMinutes(10);

    private final CollectGarbage collect;
    private final GarbageConfig config;
    private final SettledClock settled;
    private final Duration first;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("garbage").daemon().factory());

    GarbageSweep(
            ConfiguredStore store,
            JdbcReferences references,
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            GarbageConfig config,
            IntakeConfig intake,
            QuarantineConfig quarantine,
            SettledClock settled) {
        if (config.grace().compareTo(intake.keyRetention().multipliedBy(2)) < 0) {
            throw new IllegalStateException(
                    "postern.garbage.grace must be at least twice postern.intake.key-retention: a body that is younger"
                            + " may still be told of");
        }
        this.collect = new CollectGarbage(
                store.inventory(), store.store(), references, new KafkaReferences(broker), config.grace());
        this.config = config;
        this.settled = settled;
        this.first = FIRST.plus(quarantine.retention().clockSettles());
    }

    @PostConstruct
    void start() {
        if (config.enabled()) {
            // Not all replicas at once, and not when everything else starts.
            long delay = first.toMillis() + ThreadLocalRandom.current().nextLong(FIRST.toMillis());
            scheduler.scheduleWithFixedDelay(
                    this::collect, delay, config.every().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void collect() {
        Optional<Instant> now = settled.now();
        if (now.isEmpty()) {
            LOG.warn("the store is not looked through this time: the clock was set not long ago");
            return;
        }
        try {
            CollectGarbage.Collected done = collect.run(now.get());
            LOG.infof(
                    "looked at %d old objects of the store, erased %d that nobody refers to and %d remains",
                    done.looked(), done.erased(), done.remains());
        } catch (LedgerUnavailableException | IOException e) {
            LOG.warnf("the store could not be looked through: %s", e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            LOG.errorf(e, "the sweep of the store failed");
        }
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
    }
}
