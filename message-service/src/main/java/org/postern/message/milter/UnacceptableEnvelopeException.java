package org.postern.message.milter;

/** An envelope that cannot be judged. The message is the reply to the client, and repeats no address. */
final class UnacceptableEnvelopeException extends Exception {
    private static final long serialVersionUID = 1L;

    UnacceptableEnvelopeException(String reply) {
        super(reply);
    }

    String reply() {
        return String.valueOf(getMessage());
    }
}
