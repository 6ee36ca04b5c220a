package org.postern.push.stream;

import java.time.Instant;
import java.util.Set;
import org.postern.events.Tenant;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.identity.RevokedIdentity;
import org.postern.events.push.AccountId;

/**
 * Who listens to what.
 *
 * @param identities the session, the subject and the token it was opened with
 * @param issued when the token was issued
 */
public record Listening(Tenant tenant, AccountId account, Set<RevokedIdentity> identities, Instant issued) {
    public Listening {
        identities = Set.copyOf(identities);
    }

    boolean isCutBy(IdentityRevoked revoked) {
        return identities.contains(revoked.identity()) && revoked.refuses(issued);
    }
}
