package org.postern.mime;

import java.util.Arrays;
import java.util.Objects;

/** An image held for references by {@code cid:} (RFC 2392). What its bytes really are is for the reader to find out. */
public final class InlineImage {
    private final String contentId;
    private final byte[] bytes;

    /** @param contentId the name that {@code cid:} refers to, without angle brackets */
    public InlineImage(String contentId, byte[] bytes) {
        this.contentId = Objects.requireNonNull(contentId);
        this.bytes = bytes.clone();
    }

    /** The name that {@code cid:} refers to, without angle brackets. */
    public String contentId() {
        return contentId;
    }

    /** The decoded bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InlineImage image
                && contentId.equals(image.contentId)
                && Arrays.equals(bytes, image.bytes);
    }

    @Override
    public int hashCode() {
        return contentId.hashCode();
    }
}
