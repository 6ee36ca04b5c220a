package org.postern.push.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.Tenant;
import org.postern.push.delivery.DeadPush;
import org.postern.push.delivery.DeadPushes;
import org.postern.push.subscription.SubscriptionId;

/** Pushes that were given up, for an administrator of the caller's tenant. */
@Path("/v1/push/dead-letters")
@RolesAllowed(Role.POLICY_ADMIN)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class DeadLettersResource {
    private static final int PAGE = 100;

    private final DeadPushes deadPushes;
    private final CurrentCaller caller;
    private final Clock clock;

    DeadLettersResource(DeadPushes deadPushes, CurrentCaller caller, Clock clock) {
        this.deadPushes = deadPushes;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "A page of 100; the next one by after, the subscription of the last")
    public Map<String, List<View>> list(@QueryParam("after") @Nullable String after) {
        return Map.of(
                "deadLetters",
                deadPushes.list(tenant(), PAGE, after == null ? null : SubscriptionId.of(after)).stream()
                        .map(View::of)
                        .toList());
    }

    @POST
    @Path("/{subscription}/redrive")
    @Operation(summary = "Send one on its way again, with the states as they are now")
    public Response redrive(@PathParam("subscription") String subscription) {
        if (!deadPushes.redrive(tenant(), SubscriptionId.of(subscription), clock.instant())) {
            throw unknown();
        }
        return Response.accepted().build();
    }

    @POST
    @Path("/redrive")
    @Operation(summary = "Send all of them on their way again")
    public Response redriveAll() {
        return Response.accepted(Map.of("redriven", deadPushes.redriveAll(tenant(), clock.instant())))
                .build();
    }

    @DELETE
    @Path("/{subscription}")
    @Operation(summary = "Forget one")
    public Response forget(@PathParam("subscription") String subscription) {
        if (!deadPushes.forget(tenant(), SubscriptionId.of(subscription))) {
            throw unknown();
        }
        return Response.noContent().build();
    }

    private Tenant tenant() {
        return caller.get().tenant();
    }

    private static ProblemException unknown() {
        return new ProblemException(404, "dead-letter-unknown", "There is no such dead letter.");
    }

    /** A push that was given up, without anything that says whose it is. */
    record View(
            String subscription,
            String kind,
            Set<String> types,
            String reason,
            int attempts,
            Instant since,
            Instant at) {
        static View of(DeadPush push) {
            return new View(
                    push.subscription().toString(),
                    push.channel().word(),
                    new TreeSet<>(push.types()),
                    push.reason(),
                    push.attempts(),
                    push.since(),
                    push.at());
        }
    }
}
