package org.postern.push.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** How recipients are named on Kafka, and so accounts here. */
@ConfigMapping(prefix = "postern.recipients")
public interface RecipientsConfig {
    /** The file of the key that recipients are hashed with: 32 bytes in base64, the same as message-service's. */
    Path keyFile();
}
