package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What is held, for how long, and where it goes when it is released. */
@ConfigMapping(prefix = "postern.quarantine")
public interface QuarantineConfig {
    /**
     * The file of the secret that cursors, digest links and passes are sealed with: 32 bytes in base64. Where it is absent,
     * the secret is derived from the key of the rendition references, which the render-service knows too.
     */
    Optional<Path> keyFile();

    /** Where released messages go. */
    Release release();

    /** How long messages are kept, from when they were received. */
    Retention retention();

    /** Where released messages go. */
    interface Release {
        /** The mail server. Where it is absent, whoever releases a message has to deliver it. */
        Optional<String> host();

        /** A port that is not filtered, or one whose filter knows our passes. */
        @WithDefault("10025")
        int port();

        /** The name given to the server. */
        @WithDefault("postern.localhost")
        String helo();

        /** Of connecting and of each answer. */
        @WithDefault("20S")
        Duration timeout();

        /**
         * Whether the message gets a pass. A port that is not filtered needs none, and nobody there takes the field out.
         */
        @WithDefault("true")
        boolean pass();

        /** How long a pass is good: longer than the mail server takes to bring the message back. */
        @WithDefault("1H")
        Duration passValidity();

        /** Whether what is infected may be released. */
        @WithDefault("false")
        boolean infected();
    }

    /** How long messages are kept. */
    interface Retention {
        /** What was delivered, released or not. */
        @WithDefault("P7D")
        Duration delivered();

        /** What was delivered as junk. */
        @WithDefault("P14D")
        Duration junk();

        /** What is held. */
        @WithDefault("P30D")
        Duration quarantine();

        /** What was refused. */
        @WithDefault("P7D")
        Duration reject();

        /** What was never decided. */
        @WithDefault("P14D")
        Duration defer();

        /** How long a deleted message is remembered as such: longer than its facts stay in Kafka. */
        @WithDefault("P35D")
        Duration tombstones();

        /** How long acts are remembered, and up to a month longer, for they leave by months. */
        @WithDefault("P365D")
        Duration audit();

        /** How often it is looked for what is due. */
        @WithDefault("15M")
        Duration sweepEvery();

        /**
         * How long the clock must have gone evenly, since the start or since it was set, before anything is erased because it
         * is old: time enough to set right a clock that went wrong.
         */
        @WithDefault("1H")
        Duration clockSettles();
    }
}
