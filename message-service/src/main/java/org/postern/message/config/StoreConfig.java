package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where bodies are stored. */
@ConfigMapping(prefix = "postern.store")
public interface StoreConfig {
    /** The folder of the store. */
    Path root();

    /** The file of the key that wraps the objects' keys. */
    Path keyFile();
}
