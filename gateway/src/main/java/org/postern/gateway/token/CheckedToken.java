package org.postern.gateway.token;

import java.util.Set;
import org.postern.edge.revocation.TokenIdentities;

/**
 * An access token that was found good: signed by its issuer, of the right kind, and good at the time. Whether it was
 * revoked since, and whether it is enough for a route, is asked each time.
 *
 * @param claims what it says
 * @param roles what its caller may do
 * @param identities by what it can be revoked
 */
public record CheckedToken(AccessClaims claims, Set<String> roles, TokenIdentities identities) {
    public CheckedToken {
        roles = Set.copyOf(roles);
    }
}
