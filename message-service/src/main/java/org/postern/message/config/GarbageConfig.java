package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the store is kept free of what nobody refers to. */
@ConfigMapping(prefix = "postern.garbage")
public interface GarbageConfig {
    /**
     * Whether it is looked for. After PostgreSQL was restored from a backup, leave it off until the rows were rebuilt from
     * Kafka.
     */
    @WithDefault("true")
    boolean enabled();

    /** How old an object must be before it is asked about; at least twice {@code postern.intake.key-retention}. */
    @WithDefault("P2D")
    Duration grace();

    /** How often the store is looked through. */
    @WithDefault("P1D")
    Duration every();
}
