package org.postern.message.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.message.Ledger;
import org.postern.message.Renditions;

/** What a message looks like is read here: authorised by us, rendered by the render-service. */
@Path("/v1/messages/{id}")
public class RenditionResource {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Access access;
    private final Renditions renditions;
    private final CurrentCaller currentCaller;

    RenditionResource(Ledger ledger, Renditions renditions, CurrentCaller currentCaller) {
        this.access = new Access(ledger);
        this.renditions = renditions;
        this.currentCaller = currentCaller;
    }

    /** The message as safe HTML and text, as JSON. */
    @GET
    @Path("rendition")
    @RolesAllowed({Role.MAIL_READ_ALL, Role.MAIL_READ_OWN})
    @RunOnVirtualThread
    public Response rendition(
            @PathParam("id") String id,
            @QueryParam("remote") @DefaultValue("blocked") String remote,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization)
            throws InterruptedException {
        return answer(Renditions.Form.JSON, id, remote, authorization);
    }

    /** The message as a page that stands alone; what it fetches, if anything, it fetches from us. */
    @GET
    @Path("view")
    @RolesAllowed({Role.MAIL_READ_ALL, Role.MAIL_READ_OWN})
    @RunOnVirtualThread
    public Response view(
            @PathParam("id") String id,
            @QueryParam("remote") @DefaultValue("blocked") String remote,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization)
            throws InterruptedException {
        return answer(Renditions.Form.PAGE, id, remote, authorization);
    }

    private Response answer(Renditions.Form form, String id, String remote, String authorization)
            throws InterruptedException {
        Renditions.Remote wanted = remote(remote);
        var message = access.content(currentCaller.get(), Access.id(id));
        Renditions.Answer answer;
        try {
            answer = renditions.of(message.receipt().event().object(), form, wanted, authorization);
        } catch (Renditions.UnavailableException e) {
            throw new ProblemException(503, "rendition-unavailable", "The message cannot be rendered now.")
                    .withRetryAfter(RETRY_AFTER)
                    .withCause(e);
        }
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach(response::header);
        return response.build();
    }

    private static Renditions.Remote remote(String word) {
        return switch (word) {
            case "blocked" -> Renditions.Remote.BLOCKED;
            case "proxied" -> Renditions.Remote.PROXIED;
            default ->
                throw new ProblemException(400, "remote-unknown", "Remote content can be 'blocked' or 'proxied'.")
                        .withField("remote");
        };
    }
}
