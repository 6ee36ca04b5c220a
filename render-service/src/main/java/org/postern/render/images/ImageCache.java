package org.postern.render.images;

import java.util.Optional;

/** Keeps images for another time. What cannot be kept or found is fetched again: it never fails. */
public interface ImageCache {
    /** The image that was kept, or nothing. */
    Optional<SafeImage> find(ImageAddress address);

    /** Keeps an image. */
    void keep(ImageAddress address, SafeImage image);
}
