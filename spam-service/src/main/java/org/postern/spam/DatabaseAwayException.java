package org.postern.spam;

/** The database does not answer now. What failed can be tried again. */
public final class DatabaseAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause why */
    public DatabaseAwayException(Throwable cause) {
        super("the database is away", cause);
    }
}
