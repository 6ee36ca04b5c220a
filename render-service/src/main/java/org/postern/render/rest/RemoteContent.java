package org.postern.render.rest;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Caller;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.render.config.ImagesConfig;
import org.postern.render.images.CarriedImages;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.PartTokens;
import org.postern.render.images.ProxiedImages;
import org.postern.render.kept.Wanted;
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
     * For a stored mail, whose own images have addresses too where a page or its reader can find them.
     *
     * @param remote {@code blocked}, which is also meant where nothing is said, or {@code proxied}
     * @param page whether it is shown by a page of ours: elsewhere an address without an origin leads nowhere
     */
    Wanted of(@Nullable String remote, ObjectReference mail, boolean page) {
        boolean carried = page || !origin.isEmpty();
        RemoteImages others = images(remote, mail.tenant());
        return wanted(
                mail.tenant(),
                remote,
                carried ? "stored with parts" : "stored",
                carried ? new CarriedImages(parts, mail, origin, others) : others);
    }

    /**
     * For what somebody sends. Nobody else finds its rendition: how long an answer takes would tell what others had rendered.
     *
     * @param remote {@code blocked}, which is also meant where nothing is said, or {@code proxied}
     */
    Wanted of(@Nullable String remote, Caller caller) {
        return wanted(Tenant.DEFAULT, remote, "of " + caller.subject(), images(remote, Tenant.DEFAULT));
    }

    private Wanted wanted(Tenant tenant, @Nullable String remote, String whose, RemoteImages images) {
        return new Wanted(tenant, (remote == null ? "blocked" : remote) + '\0' + origin + '\0' + whose, images);
    }

    private RemoteImages images(@Nullable String remote, Tenant tenant) {
        if (remote == null || remote.equals("blocked")) {
            return RemoteImages.blocked();
        }
        if (remote.equals("proxied")) {
            return new ProxiedImages(tokens, tenant, origin);
        }
        throw Refusals.remoteUnknown();
    }
}
