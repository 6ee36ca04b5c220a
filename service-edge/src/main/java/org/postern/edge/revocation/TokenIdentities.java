package org.postern.edge.revocation;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.events.identity.RevokedIdentity;

/**
 * By what an access token can be revoked.
 *
 * @param identities the token itself, and its session and subject where it names them
 * @param issuedAt when it was issued; 1970 where it does not say
 */
public record TokenIdentities(Set<RevokedIdentity> identities, Instant issuedAt) {
    public TokenIdentities {
        identities = Set.copyOf(identities);
    }

    /**
     * Those of a token.
     *
     * @param token the token as it was sent
     * @param issuer its {@code iss}; null where it has none: its session and subject cannot be told then
     * @param session its {@code sid}
     * @param subject its {@code sub}
     * @param issuedAt its {@code iat}
     */
    public static TokenIdentities of(
            String token,
            @Nullable String issuer,
            @Nullable String session,
            @Nullable String subject,
            @Nullable Instant issuedAt) {
        Set<RevokedIdentity> identities = new LinkedHashSet<>();
        identities.add(RevokedIdentity.token(token));
        if (issuer != null && session != null) {
            identities.add(RevokedIdentity.session(issuer, session));
        }
        if (issuer != null && subject != null) {
            identities.add(RevokedIdentity.subject(issuer, subject));
        }
        return new TokenIdentities(identities, issuedAt == null ? Instant.EPOCH : issuedAt);
    }
}
