package org.postern.push.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a subscription may be. */
@ConfigMapping(prefix = "postern.subscriptions")
public interface SubscriptionConfig {
    /** How many one subject may have. */
    @WithDefault("20")
    int most();

    /** How many one subject may make within an hour, whether it keeps them or not. */
    @WithDefault("60")
    int mostAnHour();

    /** How long one lives without being renewed; 48 hours at least. */
    @WithDefault("30D")
    Duration longest();

    /** Types that devices can be told of beside those of JMAP. */
    Optional<List<String>> moreTypes();

    /** How often expired ones are deleted. */
    @WithDefault("15M")
    Duration clearEvery();
}
