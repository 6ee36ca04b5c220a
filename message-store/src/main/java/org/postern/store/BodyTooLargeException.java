package org.postern.store;

/** A body has more bytes than its caller allowed. Nothing of it was kept. */
public final class BodyTooLargeException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final long limit;

    /** @param limit the most bytes that would have been taken */
    public BodyTooLargeException(long limit) {
        super("the body has more than " + limit + " bytes", null);
        this.limit = limit;
    }

    /** The most bytes that would have been taken. */
    public long limit() {
        return limit;
    }
}
