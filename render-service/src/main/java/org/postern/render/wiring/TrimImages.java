package org.postern.render.wiring;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.postern.render.store.StoredImages;

/** Looks through the images that are kept, now and then. Each replica does: who finds something gone goes on. */
@Startup
@ApplicationScoped
class TrimImages {
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final StoredImages images;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("kept-images").daemon().factory());

    TrimImages(StoredImages images) {
        this.images = images;
    }

    @PostConstruct
    void start() {
        // Not all replicas at once.
        long first = ThreadLocalRandom.current().nextLong(EVERY.toMillis());
        scheduler.scheduleWithFixedDelay(images::trim, first, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
    }
}
