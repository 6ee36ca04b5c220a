package org.postern.scan.inspection;

import java.io.IOException;

/**
 * Knows one family of formats. What it meets it tells to the {@link Opened}; it holds no more of a content than the limits
 * allow. Whatever a format's library throws is taken as: this cannot be read.
 *
 * <p>Safe for use by many threads.
 */
public interface FormatReader {
    /** Whether contents of this kind are for it. */
    boolean reads(String mediaType, Label label);

    /**
     * Looks into a content.
     *
     * @throws LimitReachedException passed on from {@link Opened}
     * @throws IOException where the content is not what its format demands
     */
    void read(Content content, Opened opened) throws IOException;
}
