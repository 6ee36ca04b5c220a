package org.postern.scan.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How hard a scan is tried for, and what is taken. */
@ConfigMapping(prefix = "postern.scan")
public interface ScanConfig {
    /** What one try may take; for an upload from its first byte, for a mail from when it has a slot. */
    @WithDefault("25s")
    Duration deadline();

    /** Failures that are about the message itself after which it is told as inconclusive. */
    @WithDefault("3")
    int tries();

    /** The largest body that {@code POST /v1/scan} takes. */
    @WithDefault("100M")
    MemorySize uploadLimit();

    Backoff backoff();

    Probe probe();

    /** The pauses between tries. */
    interface Backoff {
        @WithDefault("200ms")
        Duration first();

        @WithDefault("5s")
        Duration longest();
    }

    /** The check that the engine really scans. */
    interface Probe {
        /** For each of its two scans. */
        @WithDefault("5s")
        Duration timeout();

        @WithDefault("5s")
        Duration keptFor();

        /** The largest body that any route lets in; the engine must take it. Never less than the upload limit. */
        @WithDefault("100M")
        MemorySize largest();
    }
}
