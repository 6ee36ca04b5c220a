package org.postern.message.webhook;

/** An endpoint may not be connected to. */
public final class RefusedEndpointException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong with the URL, as the rest of a sentence and without repeating it */
    public RefusedEndpointException(String message) {
        super(message);
    }
}
