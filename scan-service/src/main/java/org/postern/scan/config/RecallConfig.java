package org.postern.scan.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Scanning again what was handed over when the signatures change. */
@ConfigMapping(prefix = "postern.recall")
public interface RecallConfig {
    /** Needs PostgreSQL. Where it is off, delivered mail is not looked at again. */
    @WithDefault("true")
    boolean enabled();

    /** How long after it was received a message is still scanned again. Not above the retention of mail.received.v1. */
    @WithDefault("72h")
    Duration window();

    /** Messages of this replica that are scanned again at once, in slots of clamd that nobody else wants. */
    @WithDefault("2")
    int concurrency();

    /** How often clamd is asked whether it has other signatures. */
    @WithDefault("5s")
    Duration lookEvery();
}
