package org.postern.render.images;

import java.util.Base64;

/** A raster image that was made anew here, with nothing of the original but its pixels. */
public final class SafeImage {
    /** One transparent pixel, in the place of what is not shown. */
    public static final SafeImage NOTHING = new SafeImage(
            "image/gif", Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"));

    private final String mediaType;
    private final byte[] bytes;

    /** @param mediaType {@code image/png}, {@code image/jpeg} or {@code image/gif} */
    public SafeImage(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes.clone();
    }

    public String mediaType() {
        return mediaType;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes. */
    public int size() {
        return bytes.length;
    }
}
