package org.postern.engine;

import java.io.IOException;

/** A body ended before or after its size. What was read of it is not it. */
public final class BodyTruncatedException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param expected the bytes there had to be
     * @param found the bytes there were
     */
    public BodyTruncatedException(long expected, long found) {
        super("the body has " + found + " bytes and must have " + expected);
    }
}
