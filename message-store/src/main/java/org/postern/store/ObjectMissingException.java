package org.postern.store;

import org.jspecify.annotations.Nullable;

/** There is no such object, or it was erased. Trying again will not help. */
public final class ObjectMissingException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened, with the object's name and nothing of its content */
    public ObjectMissingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
