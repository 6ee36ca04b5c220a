package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The port for mail servers that speak MTA Hooks. Whose mail it is and what is done with it is that of the milter. */
@ConfigMapping(prefix = "postern.mta-hooks")
public interface MtaHooksConfig {
    /** Whether there is one. */
    @WithDefault("false")
    boolean enabled();

    /** The address it listens on. */
    @WithDefault("127.0.0.1")
    String host();

    /** The port it listens on; 0 is any that is free. */
    @WithDefault("8892")
    int port();

    /** The file of the secret that mail servers show: 16 visible ASCII characters or more. Required where there is a port. */
    Optional<Path> secretFile();

    /** Who may connect. */
    @WithDefault("127.0.0.0/8,::1/128")
    List<String> allowedNetworks();

    /** More connections than this are hung up on. */
    @WithDefault("1000")
    int mostConnections();

    /** How long a connection may be silent; longer than {@code postern.intake.deadline}. */
    @WithDefault("600S")
    Duration idleTimeout();

    /** How long the body of a request may take. */
    @WithDefault("120S")
    Duration bodyTimeout();
}
