package org.postern.render.kept;

import org.postern.events.Tenant;
import org.postern.render.remote.RemoteImages;

/**
 * How something is to be rendered.
 *
 * @param tenant whose it is
 * @param shape all that shapes the rendition beside the original and the rules, in words: equal where renditions are alike
 * @param images what becomes of images; for this rendering
 */
public record Wanted(Tenant tenant, String shape, RemoteImages images) {
    @Override
    public String toString() {
        // The shape may say who asks.
        return "Wanted[" + tenant + "]";
    }
}
