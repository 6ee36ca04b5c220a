package org.postern.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What can go wrong with a message store. Messages hold object names, never content. */
public abstract sealed class StoreException extends IOException
        permits BodyTooLargeException, ObjectCorruptException, ObjectMissingException, StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
