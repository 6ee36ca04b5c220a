package org.postern.render.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** How much is rendered. */
@ConfigMapping(prefix = "postern.render")
public interface RenderConfig {
    /** The most bytes of a mail. */
    @WithDefault("50M")
    MemorySize messageLimit();

    /** The most bytes of HTML, and of all text of a mail. */
    @WithDefault("10M")
    MemorySize htmlLimit();

    /** How long one rendering may take. */
    @WithDefault("5s")
    Duration timeLimit();

    /** Renderings at once; as many as processors where it is not given. */
    OptionalInt concurrency();
}
