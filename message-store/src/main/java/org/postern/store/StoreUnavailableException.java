package org.postern.store;

import org.jspecify.annotations.Nullable;

/** The store cannot be read or written now. Trying again may help. */
public final class StoreUnavailableException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened, with the object's name and nothing of its content */
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
