package org.postern.push.rest;

import jakarta.enterprise.context.RequestScoped;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.problem.ProblemException;
import org.postern.events.MailAddress;
import org.postern.events.RecipientHashKey;
import org.postern.events.push.AccountId;
import org.postern.push.Subscriber;

/** Who subscribes: the caller, with the account of the mailbox that the access token names. */
@RequestScoped
public class Subscribers {
    private static final int FORBIDDEN = 403;

    private final CurrentCaller caller;
    private final RecipientHashKey key;

    Subscribers(CurrentCaller caller, RecipientHashKey key) {
        this.caller = caller;
        this.key = key;
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
        return new Subscriber(who.tenant(), who.subject(), AccountId.of(key.hash(who.tenant(), address)));
    }
}
