package org.postern.gateway.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.time.Duration;

/** What an administrator sets for the door. */
@ConfigMapping(prefix = "postern.gateway")
public interface GatewayConfig {
    /** Where the services are. */
    Services services();

    /** What is told to those who look for somebody to report to. */
    @WithName("security-txt")
    SecurityTxt securityTxt();

    /** The largest mail let through. */
    @WithDefault("50M")
    MemorySize messageLimit();

    /** The largest body let through to {@code /v1/scan}. */
    @WithDefault("100M")
    MemorySize scanLimit();

    /** How long a connection to a service may be without a byte. */
    @WithDefault("60S")
    Duration idleTimeout();

    /** Where the services are: base addresses, without a path. */
    interface Services {
        @WithDefault("http://127.0.0.1:8081")
        URI message();

        @WithDefault("http://127.0.0.1:8082")
        URI scan();

        @WithDefault("http://127.0.0.1:8083")
        URI spam();

        @WithDefault("http://127.0.0.1:8084")
        URI render();

        @WithDefault("http://127.0.0.1:8085")
        URI push();
    }

    /** The fields of {@code security.txt} (RFC 9116). */
    interface SecurityTxt {
        @WithDefault("mailto:security@postern.example")
        String contact();

        @WithDefault("en, fr")
        String preferredLanguages();
    }
}
