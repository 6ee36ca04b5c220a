package org.postern.message.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;

/** What is held is released, deleted, looked at again or classified here. */
@Path("/v1/messages/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class ActsResource {
    private final QuarantineActs acts;
    private final CurrentCaller currentCaller;

    ActsResource(QuarantineActs acts, CurrentCaller currentCaller) {
        this.acts = acts;
        this.currentCaller = currentCaller;
    }

    /** Releases a message to those it is held from, or to some of them. */
    @POST
    @Path("release")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.QUARANTINE_ADMIN)
    @RunOnVirtualThread
    public Response release(@PathParam("id") String id, @Nullable ReleaseRequest request) {
        return NotStored.ok(acts.release(currentCaller.get(), Access.id(id), request));
    }

    /** Deletes a message: its keys are destroyed. */
    @DELETE
    @RolesAllowed(Role.QUARANTINE_ADMIN)
    @RunOnVirtualThread
    public Response delete(@PathParam("id") String id) {
        acts.delete(currentCaller.get(), Access.id(id));
        return Response.noContent().build();
    }

    /** Has a message scanned and assessed again. */
    @POST
    @Path("rescan")
    @RolesAllowed(Role.QUARANTINE_ADMIN)
    @RunOnVirtualThread
    public Response rescan(@PathParam("id") String id) {
        return Response.accepted(acts.rescan(currentCaller.get(), Access.id(id)))
                .location(java.net.URI.create("/v1/messages/" + Access.id(id)))
                .build();
    }

    /** Says what a message is, so that the engine learns. */
    @POST
    @Path("feedback")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.MAIL_TRAIN)
    @RunOnVirtualThread
    public Response feedback(@PathParam("id") String id, @Nullable FeedbackRequest request) {
        return Response.accepted(acts.feedback(currentCaller.get(), Access.id(id), request))
                .build();
    }
}
