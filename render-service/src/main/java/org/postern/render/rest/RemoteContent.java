package org.postern.render.rest;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.postern.events.Tenant;
import org.postern.render.config.ImagesConfig;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.ProxiedImages;
import org.postern.render.remote.RemoteImages;

/** What a caller wants to become of remote content. */
@Singleton
public class RemoteContent {
    private final ImageTokens tokens;
    private final String origin;

    RemoteContent(ImageTokens tokens, ImagesConfig config) {
        this.tokens = tokens;
        this.origin = config.origin().orElse("");
    }

    /** @param remote {@code blocked}, which is also meant where nothing is said, or {@code proxied} */
    RemoteImages of(@Nullable String remote, Tenant tenant) {
        if (remote == null || remote.equals("blocked")) {
            return RemoteImages.blocked();
        }
        if (remote.equals("proxied")) {
            return new ProxiedImages(tokens, tenant, origin);
        }
        throw Refusals.remoteUnknown();
    }
}
