package org.postern.gateway.token;

/** A token that is not accepted. The reason is for the log and the metrics; whoever sent it is told less. */
public final class TokenRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason a stable word, without anything of the token */
    public TokenRefusedException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** Why, in kebab-case. */
    public String reason() {
        return reason;
    }
}
