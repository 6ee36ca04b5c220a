package org.postern.gateway.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** What people are called by in events. */
@ConfigMapping(prefix = "postern.recipients")
public interface RecipientsConfig {
    /** The file of the key that subjects are hashed with: 32 bytes in base64, the same as message-service's. */
    Optional<Path> keyFile();
}
