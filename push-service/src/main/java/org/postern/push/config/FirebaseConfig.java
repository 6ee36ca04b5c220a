package org.postern.push.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** How Firebase is reached. */
@ConfigMapping(prefix = "postern.firebase")
public interface FirebaseConfig {
    /** The file of the service account's credentials. Where it is absent, there is no such channel. */
    Optional<Path> credentialsFile();

    /** Whether pushes are only checked by Firebase, and not delivered. */
    @WithDefault("false")
    boolean dryRun();
}
