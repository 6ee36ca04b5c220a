package org.postern.scan.inspection;

/** Says by its first bytes what a content is. */
@FunctionalInterface
public interface TypeDetector {
    /** How many bytes it wants to see. */
    int WANTED = 64 * 1024;

    /**
     * The media type, in lower case without parameters; {@code application/octet-stream} where it cannot be told.
     *
     * @param head the first bytes, up to {@link #WANTED} of them
     */
    String detect(byte[] head);
}
