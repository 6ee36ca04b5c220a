package org.postern.scan.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where clamd is and how much it is given. */
@ConfigMapping(prefix = "postern.clamd")
public interface ClamdConfig {
    @WithDefault("127.0.0.1")
    String host();

    @WithDefault("13310")
    int port();

    /** Scans at once; clamd's {@code MaxThreads} must not be below it. */
    @WithDefault("8")
    int concurrency();

    /** A daemon on a near network accepts at once, or not at all. */
    @WithDefault("2s")
    Duration connectTimeout();

    /** How old the engine's version in an answer may be. */
    @WithDefault("30s")
    Duration versionKeptFor();
}
