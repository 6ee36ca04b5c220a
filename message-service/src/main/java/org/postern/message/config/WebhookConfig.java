package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How webhooks are told of events. */
@ConfigMapping(prefix = "postern.webhooks")
public interface WebhookConfig {
    /** Whether there are webhooks. Without them the topics are not followed for them. */
    @WithDefault("true")
    boolean enabled();

    /** How many a tenant may have. */
    @WithDefault("50")
    int most();

    /**
     * Networks that are not of the public Internet and may be told all the same, without TLS too, for instance
     * {@code 10.1.2.0/24}. None by default: whoever may add a webhook could reach everything in them.
     */
    Optional<List<String>> allowedNetworks();

    /** How long an endpoint may take to answer. */
    @WithDefault("10S")
    Duration timeout();

    /** How many deliveries may be on their way to one endpoint at once. */
    @WithDefault("4")
    int atOnce();

    /** The first pause before a delivery is tried again; it doubles, and a random half is taken off. */
    @WithDefault("5S")
    Duration firstPause();

    /** The longest pause. */
    @WithDefault("1H")
    Duration longestPause();

    /** For how long a delivery is tried before it is a dead letter. */
    @WithDefault("P3D")
    Duration giveUpAfter();

    /** After how many failures in a row an endpoint is left alone for a while. */
    @WithDefault("5")
    int patience();

    /** How long the old secret signs too after a new one was asked for. */
    @WithDefault("24H")
    Duration secretOverlap();

    /** How many deliveries may wait for one endpoint before it is suspended; of more dead letters than that the oldest are dropped. */
    @WithDefault("100000")
    int mostWaiting();

    /** How long dead letters are kept. */
    @WithDefault("P30D")
    Duration keepDeadLetters();

    /** How often it is looked for what is due. */
    @WithDefault("0.5S")
    Duration sweepEvery();
}
