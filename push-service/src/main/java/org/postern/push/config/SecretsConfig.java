package org.postern.push.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** How endpoints, keys and tokens of devices are kept. */
@ConfigMapping(prefix = "postern.secrets")
public interface SecretsConfig {
    /** The file of the keys they are sealed with: 32 bytes in base64 a line, the newest on top. */
    Path keyFile();
}
