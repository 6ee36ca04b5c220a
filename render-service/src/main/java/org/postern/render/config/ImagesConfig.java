package org.postern.render.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The image proxy. */
@ConfigMapping(prefix = "postern.images")
public interface ImagesConfig {
    /** Scheme, host and port of the gateway as readers reach it; addresses have none where it is not given. */
    Optional<String> origin();

    /** How long the address of an image is good, at least; up to a day longer. */
    @WithDefault("168h")
    Duration validity();

    /** The most bytes of an image. */
    @WithDefault("10M")
    MemorySize imageLimit();

    /** The most pixels of an image. */
    @WithDefault("25000000")
    long pixelLimit();

    /** The most frames of an animation; the rest is left out. */
    @WithDefault("300")
    int frameLimit();

    /** How long fetching one image may take, redirects among it. */
    @WithDefault("10s")
    Duration timeLimit();

    /** Redirects followed, one after another. */
    @WithDefault("4")
    int redirects();

    /** What every request calls itself. */
    @WithDefault("Postern-Image-Proxy")
    String userAgent();

    /** Images fetched at once; more are refused for now. */
    @WithDefault("32")
    int concurrency();

    /** How long an image that could not be fetched is not asked for again. */
    @WithDefault("10m")
    Duration beforeNextTry();

    /** The most bytes of all images that are kept in the store, for all replicas together. */
    @WithDefault("1G")
    MemorySize cacheLimit();

    /**
     * Whether the images of mails that were delivered are fetched soon after, whether somebody reads or not. Their senders
     * then learn that the mail arrived, and never when it is read.
     */
    @WithDefault("false")
    boolean prefetch();

    /** How much later than the delivery an image is fetched, at most; when is random. */
    @WithDefault("1m")
    Duration prefetchWithin();

    /** Networks that are not of the public Internet and may be fetched from all the same. */
    Optional<List<String>> allowedNetworks();

    /** Networks that are never fetched from. */
    Optional<List<String>> deniedNetworks();

    /** Hosts that are never fetched from, with everything under them. */
    Optional<List<String>> deniedHosts();
}
