package org.postern.events.codec;

import org.jspecify.annotations.Nullable;

/** A record that is not an event of its topic. Trying again will not help: it belongs to the dead letters. */
public final class UnreadableEventException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, without any text of the record: that may be personal data */
    public UnreadableEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
