package org.postern.spam.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where the bodies lie. */
@ConfigMapping(prefix = "postern.store")
public interface StoreConfig {
    /** The folder of the store. */
    Path root();

    /** The file with the installation's key. */
    Path keyFile();
}
