package org.postern.scan;

import java.io.IOException;

/** There is no room to keep a body while it is scanned. That is about us and not about the body. */
public final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    NoRoomException(IOException cause) {
        super("a body could not be kept", cause);
    }
}
