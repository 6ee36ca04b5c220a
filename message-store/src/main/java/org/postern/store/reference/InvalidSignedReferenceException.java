package org.postern.store.reference;

/** A signed object reference that is malformed, forged or expired. The message says which, and nothing of its content. */
public final class InvalidSignedReferenceException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSignedReferenceException(String message) {
        super(message);
    }
}
