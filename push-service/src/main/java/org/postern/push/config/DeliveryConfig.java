package org.postern.push.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How pushes get to devices. */
@ConfigMapping(prefix = "postern.delivery")
public interface DeliveryConfig {
    /** How long a push waits for more to tell. */
    @WithDefault("0.3S")
    Duration window();

    /** How often is looked for pushes that are due. */
    @WithDefault("0.2S")
    Duration sweepEvery();

    /** How many pushes are on their way at once. */
    @WithDefault("64")
    int atOnce();

    /** How long a push service may take to answer. */
    @WithDefault("10S")
    Duration timeout();

    /** The first pause after a push that failed. It doubles. */
    @WithDefault("2S")
    Duration firstPause();

    /** The longest pause. */
    @WithDefault("30M")
    Duration longestPause();

    /** How old a push may become before it is given up. */
    @WithDefault("24H")
    Duration giveUpAfter();
}
