package org.postern.scan.kafka;

/** A fact can never be told as it is: sending it again would end the same way. */
final class FactRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FactRefusedException(Throwable cause) {
        super("a fact is refused for ever", cause);
    }
}
