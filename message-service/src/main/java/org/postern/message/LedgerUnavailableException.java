package org.postern.message;

/** The database cannot be reached now, or not in time. Trying again may help. */
public final class LedgerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean uncertain;

    /**
     * @param cause what the driver said
     * @param uncertain whether the change may have been kept all the same: the connection was lost while committing
     */
    public LedgerUnavailableException(Throwable cause, boolean uncertain) {
        super("the database is not available", cause);
        this.uncertain = uncertain;
    }

    /** Whether the change may have been kept all the same. */
    public boolean uncertain() {
        return uncertain;
    }
}
