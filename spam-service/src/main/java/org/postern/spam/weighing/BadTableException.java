package org.postern.spam.weighing;

/** A table of weights with a mistake. The message names it, for whoever wrote the table. */
public final class BadTableException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadTableException(String message) {
        super(message);
    }
}
