package org.postern.push.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How pushes get to devices. */
@ConfigMapping(prefix = "postern.delivery")
public interface DeliveryConfig {
    /**
     * Whether the devices of an account hear our {@code EmailDelivery} where nothing else was said of the account: false
     * where mail servers publish their own.
     */
    @WithDefault("true")
    boolean emailDelivery();

    /** How long a push waits for more to tell. */
    @WithDefault("0.3S")
    Duration window();

    /** What the window grows to while a device gets one push after the other. */
    @WithDefault("30S")
    Duration longestWindow();

    /** How often is looked for pushes that are due, while there are some; every second otherwise. */
    @WithDefault("0.2S")
    Duration sweepEvery();

    /** How many pushes are on their way at once. */
    @WithDefault("128")
    int atOnce();

    /** After how many failures in a row a host is left alone for a while. */
    @WithDefault("5")
    int hostFailures();

    /** For how long at first. It doubles. */
    @WithDefault("5S")
    Duration firstHostPause();

    /** For how long at most. */
    @WithDefault("5M")
    Duration longestHostPause();

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

    /** For how long one that was given up is kept. */
    @WithDefault("14D")
    Duration keepDeadLetters();
}
