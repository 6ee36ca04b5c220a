package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Events for a SIEM. */
@ConfigMapping(prefix = "postern.siem")
public interface SiemConfig {
    /** Where events go: {@code none}, {@code syslog}, {@code file} or {@code stdout}. */
    @WithDefault("none")
    To to();

    /** How a line is written: {@code json} (the CloudEvent) or {@code cef}. */
    @WithDefault("json")
    Format format();

    /** The file, needed with {@code file}. It may be moved away at any time. */
    Optional<Path> file();

    /** The host of the syslog collector, needed with {@code syslog}. */
    Optional<String> host();

    /** Its port. */
    @WithDefault("6514")
    int port();

    /** Whether it is spoken to with TLS. */
    @WithDefault("true")
    boolean tls();

    /** What the messages name as their origin. */
    @WithDefault("postern.localhost")
    String hostName();

    /** How long connecting may take. */
    @WithDefault("5S")
    Duration timeout();

    /** Where events go. */
    enum To {
        NONE,
        SYSLOG,
        FILE,
        STDOUT
    }

    /** How a line is written. */
    enum Format {
        JSON,
        CEF
    }
}
