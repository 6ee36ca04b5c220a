package org.postern.push.wiring;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postern.push.file.FileAccountDirectory;

/** Reads the account directory again when its file has changed. */
@Singleton
class DirectoryReload {
    private static final Logger LOG = Logger.getLogger(DirectoryReload.class);
    private static final long EVERY_SECONDS = 10;

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("directory").daemon().factory());

    void of(FileAccountDirectory directory) {
        scheduler.scheduleWithFixedDelay(
                () -> {
                    try {
                        if (directory.reload()) {
                            LOG.info("the account directory was read again");
                        }
                    } catch (IOException e) {
                        // Its messages are ours, and name a line and nobody.
                        LOG.errorf("the account directory stays as it was: %s", e.getMessage());
                    }
                },
                EVERY_SECONDS,
                EVERY_SECONDS,
                TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
    }
}
