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
import org.postern.render.store.StoredRenditions;

/** Looks through the images and renditions that are kept, now and then. Each replica does: who finds something gone goes on. */
@Startup
@ApplicationScoped
class TrimCaches {
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final StoredImages images;
    private final StoredRenditions renditions;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("kept-in-store").daemon().factory());

    TrimCaches(StoredImages images, StoredRenditions renditions) {
        this.images = images;
        this.renditions = renditions;
    }

    @PostConstruct
    void start() {
        // Not all replicas at once.
        long first = ThreadLocalRandom.current().nextLong(EVERY.toMillis());
        scheduler.scheduleWithFixedDelay(this::trim, first, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void trim() {
        images.trim();
        renditions.trim();
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
    }
}
