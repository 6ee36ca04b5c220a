package org.postern.message.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.message.withdrawal.Goal;

/** Copies of a recalled message in the mailboxes of its recipients: seen, given back, taken again. */
@Path("/v1/messages/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class WithdrawalResource {
    private final WithdrawalActs acts;
    private final CurrentCaller currentCaller;

    WithdrawalResource(WithdrawalActs acts, CurrentCaller currentCaller) {
        this.acts = acts;
        this.currentCaller = currentCaller;
    }

    /**
     * For whom.
     *
     * @param recipients addresses; all where they are absent
     */
    public record RecipientsRequest(@Nullable List<String> recipients) {}

    /** How far it is with the copies of a message. */
    @GET
    @Path("withdrawals")
    @RolesAllowed(Role.QUARANTINE_ADMIN)
    @RunOnVirtualThread
    public Response withdrawals(@PathParam("id") String id) {
        return NotStored.ok(acts.show(currentCaller.get(), Access.id(id)));
    }

    /** Gives copies that were withdrawn back to where they were. */
    @POST
    @Path("restore")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.QUARANTINE_ADMIN)
    @RunOnVirtualThread
    public Response restore(@PathParam("id") String id, @Nullable RecipientsRequest request) {
        return asked(id, Goal.RESTORED, request);
    }

    /** Withdraws copies that were given back, or could not be withdrawn. */
    @POST
    @Path("withdraw")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.QUARANTINE_ADMIN)
    @RunOnVirtualThread
    public Response withdraw(@PathParam("id") String id, @Nullable RecipientsRequest request) {
        return asked(id, Goal.WITHDRAWN, request);
    }

    private Response asked(String id, Goal goal, @Nullable RecipientsRequest request) {
        return NotStored.with(Response.accepted(acts.ask(
                currentCaller.get(),
                Access.id(id),
                goal,
                Access.recipients(request == null ? null : request.recipients()))));
    }
}
