package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The render-service. */
@ConfigMapping(prefix = "postern.rendition")
public interface RenditionConfig {
    /** Its base URL. */
    @WithDefault("http://127.0.0.1:8084")
    URI url();

    /** The file of the key that object references are signed with: 32 bytes in base64. */
    Path signingKeyFile();

    /** How long a signed reference is good. */
    @WithDefault("60S")
    Duration validity();

    /** How long it may take until the answer begins. */
    @WithDefault("20S")
    Duration timeout();
}
