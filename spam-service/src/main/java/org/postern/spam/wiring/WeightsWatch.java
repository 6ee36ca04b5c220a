package org.postern.spam.wiring;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.postern.spam.config.PhishingConfig;
import org.postern.spam.weighing.LiveWeights;

/** Looks at the file of weights now and then, while the service runs. */
@ApplicationScoped
public class WeightsWatch {
    private final LiveWeights weights;
    private final PhishingConfig config;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("weights").factory());

    WeightsWatch(LiveWeights weights, PhishingConfig config) {
        this.weights = weights;
        this.config = config;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it runs until the service ends
    void start(@Observes StartupEvent event) {
        long nanos = config.weightsLookedAt().toNanos();
        clock.scheduleWithFixedDelay(weights::refresh, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        clock.shutdownNow();
    }
}
