package org.postern.spam.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What is remembered of who has written to which domain. */
@ConfigMapping(prefix = "postern.history")
public interface HistoryConfig {
    /** The file of the key that addresses and names are hashed with: 32 bytes in base64. Without one nothing is kept or told. */
    Optional<Path> keyFile();

    /** For how long after its first mail a domain's history is too young to call a sender new. */
    @WithDefault("14d")
    Duration youngFor();

    /** How recently a name must have come from another address to be told. */
    @WithDefault("90d")
    Duration nameWithin();

    /** How long a sender is remembered after the last mail. */
    @WithDefault("180d")
    Duration keptFor();

    /** The most senders remembered for a domain; of more, those are forgotten first that have been silent longest. */
    @WithDefault("200000")
    int most();

    /** How often what is too old, or too much, is forgotten. */
    @WithDefault("1h")
    Duration forgottenEvery();
}
