package org.postern.store;

import org.jspecify.annotations.Nullable;

/** What is stored is not the object that was asked for: bytes were changed, or size or hash differ. Trying again will not help. */
public final class ObjectCorruptException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened, with the object's name and nothing of its content */
    public ObjectCorruptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
