package org.postern.gateway.oidc;

/** A token cannot be checked: its provider was never reached, or what was revoked is not known yet. */
public final class CannotCheckException extends Exception {
    private static final long serialVersionUID = 1L;

    public CannotCheckException() {
        super("tokens cannot be checked now", null, false, false);
    }
}
