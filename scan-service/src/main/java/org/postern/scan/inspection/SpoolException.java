package org.postern.scan.inspection;

import java.io.IOException;

/** There is no room to look into a content. That is about us and not about the content. */
final class SpoolException extends IOException {
    private static final long serialVersionUID = 1L;

    SpoolException(IOException cause) {
        super("a part could not be laid down", cause);
    }
}
