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

    /** Renditions that are kept in the store for whoever asks again. */
    Cache cache();

    /** What is kept, for all replicas together. */
    interface Cache {
        /** The most bytes of all renditions that are kept; none is with {@code 0}. */
        @WithDefault("512M")
        MemorySize limit();

        /** How long a rendition is kept. */
        @WithDefault("24h")
        Duration keptFor();

        /** The fewest bytes of a mail, or of HTML, whose rendition is looked for: smaller ones are rendered as quickly. */
        @WithDefault("16K")
        MemorySize smallest();

        /** The most bytes of a mail, or of HTML, whose rendition is looked for, and of that rendition: so much is in memory. */
        @WithDefault("1M")
        MemorySize largest();
    }
}
