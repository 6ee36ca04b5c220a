package org.postern.render.remote;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are known to count who opens a mail.
 *
 * @param vendor who counts; {@code unknown} where anybody might
 * @param host the host and everything under it, or null for any
 * @param path a piece of the path and the query that is there, or null for every address of the host
 * @param source where it can be looked up
 */
public record KnownTracker(
        String vendor, @Nullable String host, @Nullable String path, String source) {
    public KnownTracker {
        if (vendor.isBlank() || source.isBlank() || (host == null && path == null)) {
            throw new IllegalArgumentException("a tracker has a vendor, a source, and a host or a path");
        }
        if (path != null && !path.equals(path.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the path of a tracker is in lower case");
        }
    }
}
