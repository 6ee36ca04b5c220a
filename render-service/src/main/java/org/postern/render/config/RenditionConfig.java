package org.postern.render.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Renditions for other services. */
@ConfigMapping(prefix = "postern.rendition")
public interface RenditionConfig {
    /** The file with the key that signed object references are checked with: 32 bytes in base64. */
    Path signingKeyFile();
}
