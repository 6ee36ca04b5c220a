package org.postern.push.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** EventSource streams. */
@ConfigMapping(prefix = "postern.streams")
public interface StreamConfig {
    /** How many there may be at once. */
    @WithDefault("10000")
    int most();

    /** How often a comment keeps a silent stream open. */
    @WithDefault("25S")
    Duration keepAlive();

    /** How many changes may wait for a client that reads slowly, before it is cut off to come back and resume. */
    @WithDefault("64")
    int slowest();
}
