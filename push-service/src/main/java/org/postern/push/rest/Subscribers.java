package org.postern.push.rest;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.problem.ProblemException;
import org.postern.events.MailAddress;
import org.postern.events.RecipientHashKey;
import org.postern.events.identity.RevokedIdentity;
import org.postern.push.Credentials;
import org.postern.push.Subscriber;
import org.postern.push.account.AccountDirectory;

/** Who subscribes: the caller, with the account of the mailbox that the access token names. */
@RequestScoped
public class Subscribers {
    private static final int FORBIDDEN = 403;

    private final CurrentCaller caller;
    private final SecurityIdentity identity;
    private final RecipientHashKey key;
    private final AccountDirectory directory;

    Subscribers(CurrentCaller caller, SecurityIdentity identity, RecipientHashKey key, AccountDirectory directory) {
        this.caller = caller;
        this.identity = identity;
        this.key = key;
        this.directory = directory;
    }

    /** @throws ProblemException 403 where the token names no mailbox */
    public Subscriber current() {
        Caller who = caller.get();
        MailAddress address = who.address();
        if (address == null) {
            throw new ProblemException(
                            FORBIDDEN, "no-account", "The access token names no mailbox whose changes could be told.")
                    .withNext("Ask for a token with a verified address in the claim email.");
        }
        return new Subscriber(
                who.tenant(),
                who.subject(),
                directory.own(who.tenant(), key.hash(who.tenant(), address)),
                credentials(who.subject()));
    }

    private Credentials credentials(String subject) {
        Set<RevokedIdentity> identities = new HashSet<>();
        Instant issued = Instant.EPOCH;
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            issued = Instant.ofEpochSecond(token.getIssuedAtTime());
            identities.add(RevokedIdentity.subject(token.getIssuer(), subject));
            identities.add(RevokedIdentity.token(token.getRawToken()));
            if (token.getClaim("sid") instanceof String session) {
                identities.add(RevokedIdentity.session(token.getIssuer(), session));
            }
        }
        return new Credentials(identities, issued);
    }
}
