package org.postern.render.images;

import java.io.IOException;

/** Where the parts of stored mails come from. Blocks. */
@FunctionalInterface
public interface PartSource {
    /**
     * The bytes of a part, decoded.
     *
     * @throws ImageRefusedException where the mail has no such part, or it is too large
     * @throws IOException where the mail is not in the store, or cannot be read: the exception of the store, unchanged
     */
    byte[] read(PartAddress address) throws IOException, ImageRefusedException;
}
