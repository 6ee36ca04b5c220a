package org.postern.push;

/** The database cannot be reached now. What was asked for was not done. */
public final class DatabaseAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseAwayException(Throwable cause) {
        super(cause);
    }
}
