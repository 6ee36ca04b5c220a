package org.postern.push.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How Web Push is sent. */
@ConfigMapping(prefix = "postern.webpush")
public interface WebPushConfig {
    /**
     * The file of the VAPID key pairs: a private key (PKCS #8) and its public key on P-256, both in PEM. A newer pair goes on
     * top of the older ones, which stay for those who subscribed with them.
     */
    Path vapidKeyFile();

    /** Whom a push service may write to about our pushes (RFC 8292, section 2.1): a mailto: or https: URL. */
    Optional<String> contact();

    /**
     * Networks that are not of the public Internet and may be pushed to all the same, also without TLS: for instance that
     * of a UnifiedPush distributor of one's own.
     */
    Optional<List<String>> allowedNetworks();

    /** For how long a push service keeps a push for a device that is away. */
    @WithDefault("24H")
    Duration timeToLive();
}
