package org.postern.render.rest;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.render.config.ImagesConfig;
import org.postern.render.images.CarriedImages;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.PartTokens;
import org.postern.render.images.ProxiedImages;
import org.postern.render.remote.RemoteImages;

/** What a caller wants to become of remote content. */
@Singleton
public class RemoteContent {
    private final ImageTokens tokens;
    private final PartTokens parts;
    private final String origin;

    RemoteContent(ImageTokens tokens, PartTokens parts, ImagesConfig config) {
        this.tokens = tokens;
        this.parts = parts;
        this.origin = config.origin().orElse("");
    }

    /**
     * The same for a stored mail, whose own images have addresses too where a page or its reader can find them.
     *
     * @param page whether it is shown by a page of ours: elsewhere an address without an origin leads nowhere
     */
    RemoteImages of(@Nullable String remote, ObjectReference mail, boolean page) {
        RemoteImages others = of(remote, mail.tenant());
        return page || !origin.isEmpty() ? new CarriedImages(parts, mail, origin, others) : others;
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
