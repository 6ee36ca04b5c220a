package org.postern.push.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** How recipients are named on Kafka, and so accounts here. */
@ConfigMapping(prefix = "postern.recipients")
public interface RecipientsConfig {
    /** The file of the key that recipients are hashed with: 32 bytes in base64, the same as message-service's. */
    Path keyFile();

    /**
     * A file that says whose accounts the mail of an address goes to, where that is not the account that the address's hash
     * stands for. It is read again when it changes.
     */
    Optional<Path> directoryFile();
}
