package org.postern.message.desk;

/** An envelope that cannot be judged. The message is the reply to the client, and repeats no address. */
public final class UnacceptableEnvelopeException extends Exception {
    private static final long serialVersionUID = 1L;

    UnacceptableEnvelopeException(String reply) {
        super(reply);
    }

    /** What the client is told: code, enhanced code, a sentence. */
    public String reply() {
        return String.valueOf(getMessage());
    }
}
