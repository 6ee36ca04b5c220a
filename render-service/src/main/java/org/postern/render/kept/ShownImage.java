package org.postern.render.kept;

import org.jspecify.annotations.Nullable;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.RemoteUrl;

/**
 * An image that a rendition shows under an address of ours.
 *
 * @param url where it is; null where the mail carries it
 * @param part its place in the mail that carries it, as in IMAP; null where it is from elsewhere
 */
record ShownImage(@Nullable RemoteUrl url, @Nullable String part) {
    /** Its address for who asks now; null where it has none. */
    @Nullable String address(RemoteImages images) {
        if (url != null) {
            return images.addressOf(url);
        }
        return part == null ? null : images.addressOfPart(part);
    }

    @Override
    public String toString() {
        // An address may name the reader.
        return "ShownImage";
    }
}
