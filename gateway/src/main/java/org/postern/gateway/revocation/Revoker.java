package org.postern.gateway.revocation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import org.postern.edge.revocation.Revocations;
import org.postern.events.Tenant;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.identity.RevocationScope;
import org.postern.events.identity.RevokedIdentity;

/**
 * Revokes. This replica refuses from the moment it is asked, also where the others cannot be told; whoever asked is told
 * that it is done only once it is written down for all of them.
 */
public final class Revoker {
    private final Revocations known;
    private final RevocationLog log;
    private final Duration longestLife;
    private final Clock clock;

    /**
     * @param known what this replica refuses
     * @param log where the others learn of it
     * @param longestLife the longest that an access token lives, clock skew included
     */
    public Revoker(Revocations known, RevocationLog log, Duration longestLife, Clock clock) {
        this.known = known;
        this.log = log;
        this.longestLife = longestLife;
        this.clock = clock;
    }

    /** Every token of a session, whenever it was issued. */
    public CompletionStage<Void> session(String issuer, String sid) {
        return forGood(RevocationScope.SESSION, RevokedIdentity.session(issuer, sid));
    }

    /** Every token that a subject was given up to a moment; a later login is good. */
    public CompletionStage<Void> subject(String issuer, String sub, Instant issuedUntil) {
        Instant now = now();
        Instant latest = issuedUntil.isAfter(now) ? issuedUntil : now;
        return revoke(new IdentityRevoked(
                Tenant.DEFAULT,
                RevocationScope.SUBJECT,
                RevokedIdentity.subject(issuer, sub),
                issuedUntil,
                latest.plus(longestLife)));
    }

    /** One token. */
    public CompletionStage<Void> token(String token) {
        return forGood(RevocationScope.TOKEN, RevokedIdentity.token(token));
    }

    private CompletionStage<Void> forGood(RevocationScope scope, RevokedIdentity identity) {
        Instant expires = now().plus(longestLife);
        return revoke(new IdentityRevoked(Tenant.DEFAULT, scope, identity, expires, expires));
    }

    private CompletionStage<Void> revoke(IdentityRevoked revoked) {
        known.add(revoked);
        return log.append(revoked);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
