package org.postern.edge.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Where traces are told. */
@ConfigMapping(prefix = "postern.tracing")
public interface TracingConfig {
    /**
     * A collector that takes OTLP over HTTP, for instance {@code http://collector:4318}; no traces are made where it is not
     * set.
     */
    Optional<URI> endpoint();

    /** The share of messages that are traced, 0 to 1; the same ones in every service. */
    @WithDefault("1.0")
    double share();
}
