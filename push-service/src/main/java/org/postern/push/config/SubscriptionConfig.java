package org.postern.push.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a subscription may be. */
@ConfigMapping(prefix = "postern.subscriptions")
public interface SubscriptionConfig {
    /** How many one subject may have. */
    @WithDefault("20")
    int most();

    /** How long one lives without being renewed; 48 hours at least. */
    @WithDefault("30D")
    Duration longest();

    /** How often expired ones are deleted. */
    @WithDefault("15M")
    Duration clearEvery();
}
