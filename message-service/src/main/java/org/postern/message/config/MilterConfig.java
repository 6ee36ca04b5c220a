package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The port for mail servers. */
@ConfigMapping(prefix = "postern.milter")
public interface MilterConfig {
    /** Whether there is one. */
    @WithDefault("true")
    boolean enabled();

    /** The address it listens on. */
    @WithDefault("127.0.0.1")
    String host();

    /** The port it listens on; 0 is any that is free. */
    @WithDefault("8891")
    int port();

    /** Who may connect. */
    @WithDefault("127.0.0.0/8,::1/128")
    List<String> allowedNetworks();

    /** More connections than this are hung up on. */
    @WithDefault("1000")
    int mostConnections();

    /** How long a mail server may say nothing. */
    @WithDefault("600S")
    Duration idleTimeout();

    /** Whose mail it is. */
    @WithDefault("default")
    String tenant();

    /** The host name under which authentication is reported (RFC 8601): that of the mail server which faces the world. */
    @WithDefault("postern.localhost")
    String authservId();

    /** Judges and stamps, and lets everything through. */
    @WithDefault("false")
    boolean shadow();

    /** Where what is quarantined for every recipient is kept: {@code ours}, or {@code hold} for the mail server's queue. */
    @WithDefault("ours")
    Quarantine quarantine();

    /** Clients whose mail goes out, besides those who log in. */
    Optional<List<String>> outboundNetworks();

    /** The most recipients one authenticated user may send to in an hour; 0 for any number. */
    @WithDefault("1000")
    long outboundRecipientsPerHour();

    /** How long a message is recognised when it comes again. */
    @WithDefault("24H")
    Duration retryRetention();

    /** Whether {@code X-TWP-Message}, the banner of Twake Mail, is written, and taken out of what comes in. */
    @WithDefault("false")
    boolean twakeBanner();

    /** Who keeps what is quarantined. */
    enum Quarantine {
        OURS,
        HOLD
    }
}
