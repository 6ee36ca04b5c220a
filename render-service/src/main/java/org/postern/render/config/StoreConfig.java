package org.postern.render.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** The message store. */
@ConfigMapping(prefix = "postern.store")
public interface StoreConfig {
    /** The folder of the objects. */
    Path root();

    /** The file with the installation's key. */
    Path keyFile();
}
