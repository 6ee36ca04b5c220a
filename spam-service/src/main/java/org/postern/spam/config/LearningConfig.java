package org.postern.spam.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How what people say of mails gets to Rspamd. */
@ConfigMapping(prefix = "postern.learning")
public interface LearningConfig {
    /** Whether {@code mail.feedback.v1} is read. Where it is not, words about mails wait there for as long as that keeps them. */
    @WithDefault("true")
    boolean enabled();

    /** Where Rspamd's controller listens. */
    @WithDefault("http://127.0.0.1:11334")
    URI controller();

    /** The file with the controller's password; needed where learning is enabled. */
    Optional<Path> passwordFile();

    /** What one try may take. */
    @WithDefault("30s")
    Duration deadline();

    /** Failures that are about the mail itself until it goes to the dead letters. */
    @WithDefault("3")
    int tries();

    /** How long it is kept which word about a mail was learned; above the retention of {@code mail.feedback.v1}. */
    @WithDefault("35d")
    Duration remembered();
}
