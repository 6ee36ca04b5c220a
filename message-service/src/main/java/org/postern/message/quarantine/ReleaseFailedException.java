package org.postern.message.quarantine;

import org.jspecify.annotations.Nullable;

/** A message could not be released. */
public final class ReleaseFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Why why;

    /** Why. */
    public enum Why {
        /** The mail server cannot be reached now, or says that it cannot take the message now. */
        UNAVAILABLE,
        /** The mail server refuses the message, or all its recipients, for good. */
        REFUSED,
        /** No mail server is configured. */
        NOWHERE,
        /** The body is not in the store any more. */
        BODY_MISSING
    }

    /** @param cause what led to it; null where nothing was thrown */
    public ReleaseFailedException(Why why, @Nullable Throwable cause) {
        super("a message could not be released: " + why, cause);
        this.why = why;
    }

    /** Why. */
    public Why why() {
        return why;
    }
}
