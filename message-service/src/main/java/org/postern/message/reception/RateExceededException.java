package org.postern.message.reception;

/** One of our own users sends to more recipients in an hour than is allowed. Nothing was kept; later it may be taken. */
public final class RateExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without the user, who is personal data. */
    public RateExceededException() {
        super("a user sends to more recipients in an hour than allowed");
    }
}
