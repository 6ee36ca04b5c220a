package org.postern.edge.revocation.oidc;

import io.quarkus.oidc.OIDCException;

/** What was revoked is not known yet, so that no token can be said to be good: as if the provider were away. */
public class RevocationsUnknownException extends OIDCException {
    private static final long serialVersionUID = 1L;

    public RevocationsUnknownException() {
        super("revocations are not known yet");
    }
}
