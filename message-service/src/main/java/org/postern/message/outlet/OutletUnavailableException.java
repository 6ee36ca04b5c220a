package org.postern.message.outlet;

/** Events cannot be taken now. Nothing is lost: they come again. */
public final class OutletUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is away, without anything of an event */
    public OutletUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
