package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What decides about messages. */
@ConfigMapping(prefix = "postern.policy")
public interface PolicyConfig {
    /** The file of the policy; where it is absent, {@code policy.yaml} of this service. */
    Optional<Path> file();

    /** How often the file is looked at for changes. */
    @WithDefault("2S")
    Duration reloadEvery();
}
