package org.postern.push;

import java.time.Instant;
import java.util.Set;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.identity.RevokedIdentity;

/**
 * What somebody showed to subscribe or to listen. What was made with it ends when it is revoked (RFC 8620, section 7.2).
 *
 * @param identities the session, the subject and the token, as hashes
 * @param issued when the token was issued; 1970 where it does not say
 */
public record Credentials(Set<RevokedIdentity> identities, Instant issued) {
    public Credentials {
        identities = Set.copyOf(identities);
    }

    /** Whether they are good no longer. */
    public boolean areRevokedBy(IdentityRevoked revoked) {
        return identities.contains(revoked.identity()) && revoked.refuses(issued);
    }
}
