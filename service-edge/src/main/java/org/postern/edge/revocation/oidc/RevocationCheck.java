package org.postern.edge.revocation.oidc;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.postern.edge.revocation.Revocations;
import org.postern.edge.revocation.kafka.RevocationFeed;

/** Refuses a token that was revoked, in every service, although its signature and its times are good. */
@ApplicationScoped
public class RevocationCheck implements SecurityIdentityAugmentor {
    private final RevocationFeed feed;
    private final Revocations revocations;

    RevocationCheck(RevocationFeed feed, Revocations revocations) {
        this.feed = feed;
        this.revocations = revocations;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (!feed.isEnabled() || identity.isAnonymous()) {
            return Uni.createFrom().item(identity);
        }
        if (!feed.hasBeenCurrent()) {
            return Uni.createFrom().failure(new RevocationsUnknownException());
        }
        return revocations.refuse(PresentedToken.identities(identity))
                ? Uni.createFrom().failure(new AuthenticationFailedException("the token was revoked"))
                : Uni.createFrom().item(identity);
    }
}
