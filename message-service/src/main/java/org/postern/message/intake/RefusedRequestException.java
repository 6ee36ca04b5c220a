package org.postern.message.intake;

/** A request that cannot be taken in, whatever is tried. The message says what to do, and repeats no text of the request. */
public final class RefusedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    /** @param detail a sentence for whoever wrote the client */
    public RefusedRequestException(Refusal refusal, String detail) {
        super(detail);
        this.refusal = refusal;
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
