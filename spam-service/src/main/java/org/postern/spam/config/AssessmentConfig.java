package org.postern.spam.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How hard an assessment is tried for, and what is taken. */
@ConfigMapping(prefix = "postern.spam")
public interface AssessmentConfig {
    /** What one try may take; for an upload from its first byte, for a mail from when it has a slot. */
    @WithDefault("25s")
    Duration deadline();

    /** Failures that are about the message itself after which it is told as inconclusive. */
    @WithDefault("3")
    int tries();

    /** The largest mail that {@code POST /v1/assess} takes. */
    @WithDefault("50M")
    MemorySize uploadLimit();

    Upstream upstream();

    Backoff backoff();

    Probe probe();

    /** Servers of our own in front of this one, whose word on senders is taken. */
    interface Upstream {
        /**
         * The names under which they report in {@code Authentication-Results} (RFC 8601); none is believed where not set.
         * Where it is set nobody but those servers may reach the border: whoever else does writes such a field himself.
         */
        Optional<List<String>> authservIds();

        /** How many {@code Received} fields our servers put above such a field. */
        @WithDefault("1")
        int hops();
    }

    /** The pauses between tries. */
    interface Backoff {
        @WithDefault("200ms")
        Duration first();

        @WithDefault("5s")
        Duration longest();
    }

    /** The check that the engine really assesses. */
    interface Probe {
        /** For each of its two mails. */
        @WithDefault("5s")
        Duration timeout();

        @WithDefault("5s")
        Duration keptFor();
    }
}
