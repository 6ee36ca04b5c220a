package org.postern.render.images;

import org.postern.events.Tenant;

/**
 * A remote image that somebody may see.
 *
 * @param tenant whose mail shows it
 * @param url where it is, {@code http} or {@code https}
 */
public record ImageAddress(Tenant tenant, String url) {
    @Override
    public String toString() {
        // The address may name the reader.
        return "ImageAddress[" + tenant.value() + "]";
    }
}
