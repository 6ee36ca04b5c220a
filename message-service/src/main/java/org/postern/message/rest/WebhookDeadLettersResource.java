package org.postern.message.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.EventId;
import org.postern.events.MalformedValueException;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.AuditTrail;
import org.postern.message.webhook.Deliveries;
import org.postern.message.webhook.Webhooks;

/** Events that a webhook did not take for days. */
@Path("/v1/webhooks/{id}/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.POLICY_ADMIN)
@RunOnVirtualThread
public class WebhookDeadLettersResource {
    private static final int PAGE = 100;

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final AuditTrail trail;
    private final ActingCaller acting;

    WebhookDeadLettersResource(Webhooks webhooks, Deliveries deliveries, AuditTrail trail, ActingCaller acting) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.trail = trail;
        this.acting = acting;
    }

    /** A page of at most 100; the next one by {@code after}, the event of the last. */
    public record DeadLetters(List<Deliveries.Dead> deadLetters) {}

    /** How many are on their way again. */
    public record Redriven(int redriven) {}

    /** Those that were given up, without what they say. */
    @GET
    public DeadLetters list(@PathParam("id") String id, @QueryParam("after") @Nullable String after) {
        return new DeadLetters(
                deliveries.dead(acting.tenant(), known(id), after == null ? null : event(after, "after"), PAGE));
    }

    /** Has all of them tried again. */
    @POST
    @Path("redrive")
    public Response redriveAll(@PathParam("id") String id) {
        return redriven(known(id), null);
    }

    /** Has one of them tried again. */
    @POST
    @Path("{event}/redrive")
    public Response redrive(@PathParam("id") String id, @PathParam("event") String event) {
        return redriven(known(id), event(event, "event"));
    }

    private Response redriven(UUID webhook, @Nullable EventId event) {
        int redriven = deliveries.redrive(acting.tenant(), webhook, event, acting.now());
        if (event != null && redriven == 0) {
            throw new ProblemException(404, "dead-letter-unknown", "There is no such dead letter.");
        }
        trail.note(Act.setting(
                acting.actor(),
                AuditedAct.DEAD_LETTERS_REDRIVEN,
                AuditOutcome.DONE,
                webhook.toString(),
                "webhook-" + redriven,
                acting.now()));
        return Response.accepted(new Redriven(redriven)).build();
    }

    private UUID known(String id) {
        return webhooks.find(acting.tenant(), WebhooksResource.uuid(id))
                .orElseThrow(WebhooksResource::unknown)
                .id();
    }

    private static EventId event(String text, String field) {
        try {
            return EventId.of(text);
        } catch (MalformedValueException e) {
            throw new ProblemException(400, "event-id-malformed", "An event id is a UUID of 36 characters.")
                    .withField(field);
        }
    }
}
