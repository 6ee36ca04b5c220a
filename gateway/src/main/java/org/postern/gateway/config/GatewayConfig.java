package org.postern.gateway.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
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

    /** How long the head of a request may take, from its first byte to its last. */
    @WithDefault("10S")
    Duration headTimeout();

    /** What access tokens must be. */
    Tokens tokens();

    /** How much a caller may ask for. */
    Limits limits();

    /** The origins of other sites whose pages may call: scheme, host and port, for instance {@code https://mail.example}. */
    Optional<Set<String>> allowedOrigins();

    /** For which clients of a provider it tells us of logouts: those with {@code /oidc/backchannel-logout} set there. */
    @WithDefault("postern-login,postern-web,postern-api")
    Set<String> logoutClients();

    /** Login of browsers. */
    Login login();

    /**
     * What a route asks for beyond a good token (RFC 9470), by method and path as in the table: for instance
     * {@code postern.gateway.step-up."POST /v1/messages/{id}/release".max-age=5M}.
     */
    Map<String, StepUp> stepUp();

    /** Login of browsers: authorization code with PKCE, and a session that lies sealed in a cookie. */
    interface Login {
        /** Whether browsers can log in. The client is that of {@code quarkus.oidc.login.client-id}. */
        @WithDefault("false")
        boolean enabled();

        /** Scheme, host and port under which browsers see the door: {@code https}, or {@code http} on loopback. */
        @WithDefault("http://127.0.0.1:8080")
        URI origin();

        /**
         * A file of keys of 32 bytes in base64, one a line: the first seals, all of them open. Needed where login is
         * enabled; the same at every replica.
         */
        Optional<Path> keyFile();

        /** How long a session may last, however often it is renewed; not longer than {@code tokens.longest-life}. */
        @WithDefault("12H")
        Duration longest();

        /** What is asked of the provider. */
        @WithDefault("openid")
        Set<String> scopes();

        /** Whether a provider without back-channel logout may tell of logouts by the browser (Front-Channel Logout 1.0). */
        @WithDefault("false")
        boolean frontChannelLogout();
    }

    /** How surely, and how lately, the user must have proved who he is. */
    interface StepUp {
        /** Of which one must be the {@code acr} of the token; empty: any. */
        Optional<Set<String>> acr();

        /** How long ago, at most. */
        Optional<Duration> maxAge();
    }

    /** How much a caller may ask for. A quota is written as {@code 600/60S}. */
    interface Limits {
        /** All requests of one subject. */
        @WithDefault("6000/60S")
        String perCaller();

        /** Instead of that for each subject of a tenant, by the name of the tenant. */
        Map<String, String> perTenant();

        /** Beside those, all requests of all subjects of a tenant together, by the name of the tenant. */
        Map<String, String> perWholeTenant();

        /** The requests of one subject to one route, by method and path as in the table. */
        Map<String, String> perRoute();

        /** Requests with bad tokens from one address, or of one session; as many logouts by the front channel, by themselves. */
        @WithDefault("300/60S")
        String badTokens();

        /** Requests from one address for what a signed address lets see, as the images of mails; readers share addresses. */
        @WithDefault("6000/60S")
        String signed();

        /** Quotas that all replicas share. */
        Shared shared();

        /** How many streams of events a subject may have open. */
        @WithDefault("32")
        int streams();

        /** How many streams of events this replica keeps open to each service; a few KiB each. */
        @WithDefault("10000")
        int allStreams();
    }

    /** The quotas of subjects, counted together by all replicas that name the same Redis. */
    interface Shared {
        /**
         * Where it is: {@code redis://HOST:PORT}, {@code rediss://} with TLS, {@code USER@} before the host where that is
         * not the default user, {@code /N} for another database. None: each replica counts for itself.
         */
        Optional<String> redis();

        /** The file of its password. */
        Optional<Path> passwordFile();

        /** With TLS, the certificates that sign its own, as PEM; those that Java trusts where none are named. */
        Optional<Path> trustFile();

        /** The longest that a request waits for it, 1 ms to 100 ms; then the bucket of this replica decides. */
        @WithDefault("10ms")
        Duration timeLimit();
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

        /** How often the keys of providers are read again, so that one which is taken back is believed no longer. */
        @WithDefault("5M")
        Duration keysReadEvery();

        /** How long keys are believed while their provider does not answer; then nobody is let in. */
        @WithDefault("24H")
        Duration keysGoodFor();

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
