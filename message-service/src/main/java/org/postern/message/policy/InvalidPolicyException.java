package org.postern.message.policy;

/** A policy that cannot be used. The message names the place and what to write instead. */
public final class InvalidPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message the place and the rule that is broken */
    public InvalidPolicyException(String message) {
        super(message);
    }
}
