package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events are told and what is done again. */
@ConfigMapping(prefix = "postern.relay")
public interface RelayConfig {
    /** How long telling an event may take once the broker is known; half of that more to find the broker. */
    @WithDefault("4S")
    Duration timeout();

    /** How often the outbox is looked through for events that were left over. */
    @WithDefault("1S")
    Duration sweepEvery();

    /** How old an event must be for that. */
    @WithDefault("3S")
    Duration sweepAfter();

    /** How often deadlines are looked for. */
    @WithDefault("0.5S")
    Duration deadlinesEvery();

    /** How often those who wait look for themselves, besides being told. */
    @WithDefault("2S")
    Duration recheck();

    /** How often idempotency keys are cleared. */
    @WithDefault("15M")
    Duration clearKeysEvery();
}
