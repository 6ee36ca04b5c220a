package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** How recipients are named outside of this service. */
@ConfigMapping(prefix = "postern.recipients")
public interface RecipientsConfig {
    /** The file of the key that recipients are hashed with: 32 bytes in base64. */
    Path keyFile();
}
