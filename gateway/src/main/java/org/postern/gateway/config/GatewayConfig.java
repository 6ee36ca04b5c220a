package org.postern.gateway.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an administrator sets for the door. */
@ConfigMapping(prefix = "postern.gateway")
public interface GatewayConfig {
    /** Where the services are. */
    Services services();

    /** What is told to those who look for somebody to report to. */
    @WithName("security-txt")
    SecurityTxt securityTxt();

    /** The largest mail let through. */
    @WithDefault("50M")
    MemorySize messageLimit();

    /** The largest body let through to {@code /v1/scan}. */
    @WithDefault("100M")
    MemorySize scanLimit();

    /** How long a connection to a service may be without a byte. */
    @WithDefault("60S")
    Duration idleTimeout();

    /** What access tokens must be. */
    Tokens tokens();

    /** How much a caller may ask for. */
    Limits limits();

    /** The origins of other sites whose pages may call: scheme, host and port, for instance {@code https://mail.example}. */
    Optional<Set<String>> allowedOrigins();

    /** For which clients of a provider it tells us of logouts: those with {@code /oidc/backchannel-logout} set there. */
    @WithDefault("postern-web,postern-api")
    Set<String> logoutClients();

    /** How much a caller may ask for. A quota is written as {@code 600/60S}. */
    interface Limits {
        /** All requests of one subject. */
        @WithDefault("6000/60S")
        String perCaller();

        /** Instead of that for each subject of a tenant, by the name of the tenant. */
        Map<String, String> perTenant();

        /** The requests of one subject to one route, by method and path as in the table. */
        Map<String, String> perRoute();

        /** Requests with bad tokens from one address. */
        @WithDefault("300/60S")
        String badTokens();

        /** How many streams of events a subject may have open. */
        @WithDefault("32")
        int streams();
    }

    /** What access tokens must be. */
    interface Tokens {
        /** The algorithms of signatures that are accepted. */
        @WithDefault("RS256")
        Set<String> algorithms();

        /** To whom tokens may have been issued ({@code azp}); empty: to any client of the provider. */
        Optional<Set<String>> parties();

        /** How far the provider's clock may be from ours. */
        @WithDefault("10S")
        Duration clockSkew();

        /** The longest that an access token may live; revocations are remembered for as long. */
        @WithDefault("24H")
        Duration longestLife();

        /** The most characters of a token. */
        @WithDefault("16384")
        int largest();

        /** For how long a token that was found good is not checked again; its expiry and revocation are. */
        @WithDefault("60S")
        Duration remembered();

        /** Whether the provider is asked about tokens that are not signed (RFC 7662). */
        @WithDefault("false")
        boolean opaque();
    }

    /** Where the services are: base addresses, without a path. */
    interface Services {
        @WithDefault("http://127.0.0.1:8081")
        URI message();

        @WithDefault("http://127.0.0.1:8082")
        URI scan();

        @WithDefault("http://127.0.0.1:8083")
        URI spam();

        @WithDefault("http://127.0.0.1:8084")
        URI render();

        @WithDefault("http://127.0.0.1:8085")
        URI push();
    }

    /** The fields of {@code security.txt} (RFC 9116). */
    interface SecurityTxt {
        @WithDefault("mailto:security@postern.example")
        String contact();

        @WithDefault("en, fr")
        String preferredLanguages();
    }
}
