package org.postern.render.images;

/** Where images come from. Blocks. */
@FunctionalInterface
public interface ImageSource {
    /**
     * Fetches.
     *
     * @throws ImageRefusedException where it may not be fetched, or cannot
     */
    byte[] fetch(String url) throws ImageRefusedException, InterruptedException;
}
