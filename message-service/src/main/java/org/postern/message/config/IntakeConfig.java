package org.postern.message.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is taken in, and how long it may take. */
@ConfigMapping(prefix = "postern.intake")
public interface IntakeConfig {
    /** The largest message. */
    @WithDefault("50M")
    MemorySize messageLimit();

    /** The largest header block of a mail. */
    @WithDefault("1M")
    MemorySize headerBlockLimit();

    /** The most recipients; 1000 at most. */
    @WithDefault("1000")
    int recipientLimit();

    /** From the last byte of the body to the first judgement. */
    @WithDefault("25S")
    Duration deadline();

    /** The longest a client may wait for a verdict within its request. */
    @WithDefault("30S")
    Duration longestWait();

    /** How long an idempotency key is remembered. */
    @WithDefault("24H")
    Duration keyRetention();
}
