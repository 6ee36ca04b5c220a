package org.postern.spam.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whom the own analysis protects, and what its findings weigh. */
@ConfigMapping(prefix = "postern.phishing")
public interface PhishingConfig {
    /** Domains of this installation. Those of a mail's recipients count as own in any case. */
    Optional<List<String>> ownDomains();

    /** People who are worth imitating. */
    List<Colleague> colleagues();

    /** A table in place of the bundled one. */
    Optional<Path> weightsFile();

    /** How often that file is looked at. */
    @WithDefault("5s")
    Duration weightsLookedAt();

    /** Somebody who is worth imitating. */
    interface Colleague {
        /** As mails show it. */
        String name();

        /** Addresses that are really theirs. */
        List<String> addresses();
    }
}
