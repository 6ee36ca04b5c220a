package org.postern.message;

/** An event could not be told in time. Trying again may help. */
public final class BrokerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause what the client said */
    public BrokerUnavailableException(Throwable cause) {
        super("the broker is not available", cause);
    }
}
