package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** What decides about messages. */
@ConfigMapping(prefix = "postern.policy")
public interface PolicyConfig {
    /** The file of the policy; where it is absent, {@code policy.yaml} of this service. */
    Optional<Path> file();
}
