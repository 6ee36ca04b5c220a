package org.postern.message.intake;

import java.io.IOException;

/** Thrown out of the stream of a body that is found unacceptable while it is being stored, so that storing ends there. */
public final class RefusedBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    /** @param detail a sentence for whoever wrote the client */
    public RefusedBodyException(Refusal refusal, String detail) {
        super(detail);
        this.refusal = refusal;
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
