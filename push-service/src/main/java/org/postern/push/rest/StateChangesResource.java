package org.postern.push.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.TraceContext;
import org.postern.events.push.StateChanged;
import org.postern.push.StateAnnouncer;
import org.postern.push.TypeStates;

/** Changes that a mail server announces (RFC 8620, section 7.1). */
@Path("/v1/push/state-changes")
@RolesAllowed(Role.PUSH_PUBLISH)
@RunOnVirtualThread
public class StateChangesResource {
    private static final int MOST_ACCOUNTS = 100;

    private final StateAnnouncer announcer;
    private final CurrentCaller caller;
    private final AnnouncedAccounts accounts;
    private final KnownTypes types;
    private final Clock clock;

    StateChangesResource(
            StateAnnouncer announcer, CurrentCaller caller, AnnouncedAccounts accounts, KnownTypes types, Clock clock) {
        this.announcer = announcer;
        this.caller = caller;
        this.accounts = accounts;
        this.types = types;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Announce a StateChange",
            description = "The keys of changed are the addresses of mailboxes, or account ids. Answered when it cannot"
                    + " be lost any more; devices are told from then on.")
    public Response announce(@Nullable StateChangeBody body) {
        Map<String, Map<String, String>> changed = body == null ? null : body.changed();
        if (changed == null || changed.isEmpty() || changed.size() > MOST_ACCOUNTS || changed.containsValue(null)) {
            throw new ProblemException(400, "property-malformed", "changed must name 1 to 100 accounts, with types.")
                    .withField("changed");
        }
        Caller who = caller.get();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        // All of them are read before the first is told.
        List<StateChanged> changes = changed.entrySet().stream()
                .map(entry -> new StateChanged(
                        who.tenant(),
                        accounts.account(entry.getKey()),
                        known(new TypeStates(withoutNulls(entry.getValue()))).states(),
                        now))
                .toList();
        try {
            announcer.publishAll(changes, TraceContext.start());
        } catch (RuntimeException e) {
            throw new ProblemException(503, "broker-unavailable", "The change could not be kept.")
                    .withNext("Announce it again.")
                    .withRetryAfter(Duration.ofSeconds(5))
                    .withCause(e);
        }
        return Response.accepted().build();
    }

    private TypeStates known(TypeStates states) {
        types.check(states.states().keySet(), "changed");
        return states;
    }

    private static Map<String, String> withoutNulls(Map<String, String> states) {
        if (states.containsValue(null)) {
            throw new ProblemException(400, "property-malformed", "A state must be a text.").withField("changed");
        }
        return states;
    }

    record StateChangeBody(@Nullable Map<String, @Nullable Map<String, String>> changed) {}
}
