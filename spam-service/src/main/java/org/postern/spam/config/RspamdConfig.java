package org.postern.spam.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where Rspamd is and how much it is given. */
@ConfigMapping(prefix = "postern.rspamd")
public interface RspamdConfig {
    /** Of the normal worker. */
    @WithDefault("http://127.0.0.1:11333")
    URI url();

    /** Assessments at once. A worker of Rspamd takes many, and most of their time is waiting for DNS. */
    @WithDefault("16")
    int concurrency();

    /** A daemon on a near network accepts at once, or not at all. */
    @WithDefault("2s")
    Duration connectTimeout();
}
