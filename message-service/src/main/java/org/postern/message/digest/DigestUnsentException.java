package org.postern.message.digest;

import org.jspecify.annotations.Nullable;

/** The mail server takes no digest now. Trying again helps. */
public final class DigestUnsentException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param cause what went wrong */
    public DigestUnsentException(@Nullable Throwable cause) {
        super("the mail server takes no digest now", cause);
    }
}
