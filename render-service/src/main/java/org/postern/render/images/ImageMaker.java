package org.postern.render.images;

/** Makes an image anew. */
@FunctionalInterface
public interface ImageMaker {
    /**
     * The same picture, decoded and encoded again.
     *
     * @throws ImageRefusedException where it is none, or is too large
     */
    SafeImage make(byte[] bytes) throws ImageRefusedException;
}
