package org.postern.message.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.message.withdrawal.Goal;

/** What is done with one message is done with many here. A path of its own, which no message id can be. */
@Path("/v1/messages/bulk")
@Produces(MediaType.APPLICATION_JSON)
public class BulkResource {
    private final QuarantineActs acts;
    private final WithdrawalActs withdrawals;
    private final CurrentCaller currentCaller;

    BulkResource(QuarantineActs acts, WithdrawalActs withdrawals, CurrentCaller currentCaller) {
        this.acts = acts;
        this.withdrawals = withdrawals;
        this.currentCaller = currentCaller;
    }

    /** Releases many; each has an answer of its own. */
    @POST
    @Path("release")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.QUARANTINE_ADMIN)
    @RunOnVirtualThread
    public Response releaseMany(@Nullable ManyRequest request) {
        Caller caller = currentCaller.get();
        return NotStored.ok(ManyOutcomes.of(request, id -> acts.release(caller, id, null)));
    }

    /** Deletes many; each has an answer of its own. */
    @POST
    @Path("delete")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.QUARANTINE_ADMIN)
    @RunOnVirtualThread
    public Response deleteMany(@Nullable ManyRequest request) {
        Caller caller = currentCaller.get();
        return NotStored.ok(ManyOutcomes.of(request, id -> acts.delete(caller, id)));
    }

    /** Has many scanned and assessed again; each has an answer of its own. */
    @POST
    @Path("rescan")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.QUARANTINE_ADMIN)
    @RunOnVirtualThread
    public Response rescanMany(@Nullable ManyRequest request) {
        Caller caller = currentCaller.get();
        return NotStored.ok(ManyOutcomes.of(request, id -> acts.rescan(caller, id)));
    }

    /** Gives the withdrawn copies of many back; each has an answer of its own. */
    @POST
    @Path("restore")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.QUARANTINE_ADMIN)
    @RunOnVirtualThread
    public Response restoreMany(@Nullable ManyRequest request) {
        Caller caller = currentCaller.get();
        return NotStored.ok(ManyOutcomes.of(request, id -> withdrawals.ask(caller, id, Goal.RESTORED, null)));
    }

    /** Says what many are; each has an answer of its own. */
    @POST
    @Path("feedback")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.MAIL_TRAIN)
    @RunOnVirtualThread
    public Response feedbackMany(@Nullable ManyRequest request) {
        Caller caller = currentCaller.get();
        FeedbackRequest feedback = new FeedbackRequest(request == null ? null : request.mailClass());
        return NotStored.ok(ManyOutcomes.of(request, id -> acts.feedback(caller, id, feedback)));
    }
}
