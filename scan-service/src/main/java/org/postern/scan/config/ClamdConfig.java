package org.postern.scan.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where clamd is and how much it is given. */
@ConfigMapping(prefix = "postern.clamd")
public interface ClamdConfig {
    @WithDefault("127.0.0.1")
    String host();

    @WithDefault("13310")
    int port();

    /** The local socket that clamd listens on, instead of a host and a port. Linux only. */
    Optional<Path> socket();

    /** Scans at once; clamd's {@code MaxThreads} must not be below it. */
    @WithDefault("8")
    int concurrency();

    /** A daemon on a near network accepts at once, or not at all. */
    @WithDefault("2s")
    Duration connectTimeout();

    /** How old clamd's answer about its version may be. */
    @WithDefault("2s")
    Duration versionKeptFor();

    /**
     * For how long clamd must have told one version before answers are said to be of it. Where there are several clamd, this
     * is the time in which all of them have answered once.
     */
    @WithDefault("10s")
    Duration versionsAgreeFor();
}
