package org.postern.message.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.CurrentCaller;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.message.quarantine.Actor;

/** The caller of the current request as somebody who changes something, and when. */
@ApplicationScoped
class ActingCaller {
    private final CurrentCaller currentCaller;
    private final RecipientHashKey hashKey;
    private final Clock clock;

    ActingCaller(CurrentCaller currentCaller, RecipientHashKey hashKey, Clock clock) {
        this.currentCaller = currentCaller;
        this.hashKey = hashKey;
        this.clock = clock;
    }

    Tenant tenant() {
        return currentCaller.get().tenant();
    }

    Actor actor() {
        Caller caller = currentCaller.get();
        return Actor.subject(hashKey, caller.tenant(), caller.subject());
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
