package org.postern.scan.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How far the own look inside goes. */
@ConfigMapping(prefix = "postern.inspection")
public interface InspectionConfig {
    /** Containers inside one another. */
    @WithDefault("12")
    int depth();

    /** Parts and entries of a whole body. */
    @WithDefault("5000")
    int entries();

    /** Parts that are told. */
    @WithDefault("200")
    int partsListed();

    /** Bytes of all entries together, unpacked. */
    @WithDefault("400M")
    MemorySize unpacked();

    /** How many times larger than its packed form an entry may be. */
    @WithDefault("200")
    int ratio();

    /** The size of an entry from which that matters. */
    @WithDefault("10M")
    MemorySize ratioFrom();

    /** What a format may hold in memory. */
    @WithDefault("16M")
    MemorySize held();

    /** What one look may take. */
    @WithDefault("15s")
    Duration time();

    /** Looks at once. */
    @WithDefault("4")
    int concurrency();

    /** Where parts lie while they are looked at; of this instance alone, on a memory file system where there is one. */
    Optional<Path> spool();

    /** A policy file instead of the one that comes with the service. */
    Optional<Path> policy();

    /** Formats of the policy's {@code unsupported} that the engine at hand opens, for instance {@code rar}. */
    Optional<Set<String>> engineOpens();
}
