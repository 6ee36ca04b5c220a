package org.postern.push.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How Firebase is reached. */
@ConfigMapping(prefix = "postern.firebase")
public interface FirebaseConfig {
    /** The file of the service account's credentials. Where it is absent, there is no such channel. */
    Optional<Path> credentialsFile();

    /** Whether pushes are only checked by Firebase, and not delivered. */
    @WithDefault("false")
    boolean dryRun();

    /**
     * How many pushes of one moment are handed over by one call, 1 to 500; no more than half of {@code postern.delivery.at-once}
     * ever come together. Nothing waits for a call to fill.
     */
    @WithDefault("20")
    int chunk();

    /** How many pushes a device may get at once. */
    @WithDefault("20")
    int burst();

    /** How long until it may get one more. */
    @WithDefault("3M")
    Duration refill();

    /** For how many sets of types a newer push takes the place of an older one. Firebase keeps four for a device. */
    @WithDefault("4")
    int collapseKeys();
}
