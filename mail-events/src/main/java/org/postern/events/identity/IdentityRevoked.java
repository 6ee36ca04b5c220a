package org.postern.events.identity;

import java.time.Instant;
import org.postern.events.EventId;
import org.postern.events.MalformedValueException;
import org.postern.events.Tenant;

/**
 * The access tokens of a session or a subject, or one token, are good no longer. A token is refused when one of its
 * identities is here and it was issued at or before {@code issuedUntil}: whoever logs in again gets a token that is good.
 *
 * @param scope what was revoked; for people, since the identity alone decides
 * @param identity what was revoked
 * @param issuedUntil tokens issued up to then are refused; {@code expires} for a session and a token, which never become
 *     good again
 * @param expires when this may be forgotten, since no token that it is about lives longer
 */
public record IdentityRevoked(
        Tenant tenant, RevocationScope scope, RevokedIdentity identity, Instant issuedUntil, Instant expires)
        implements IdentityEvent {
    public IdentityRevoked {
        if (issuedUntil.isAfter(expires)) {
            throw new MalformedValueException("revocation", "must not expire before the tokens that it is about");
        }
    }

    /** Whether a token of this identity is refused; a token that does not say when it was issued counts as of 1970. */
    public boolean refuses(Instant issuedAt) {
        return !issuedAt.isAfter(issuedUntil);
    }

    @Override
    public EventId id() {
        return EventId.named("identity.revoked", identity + "/" + issuedUntil);
    }
}
