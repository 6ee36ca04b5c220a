package org.postern.render.images;

/** A token that is not ours, or not good any more. The message says which, and nothing of its content. */
public final class InvalidImageTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean expired;

    InvalidImageTokenException(String message, boolean expired) {
        super(message);
        this.expired = expired;
    }

    /** Whether it was good once. */
    public boolean isExpired() {
        return expired;
    }
}
