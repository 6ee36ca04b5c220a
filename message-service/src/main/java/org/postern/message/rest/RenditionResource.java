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
import java.util.List;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.Finding;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.quarantine.Quarantine;
import org.postern.message.rendition.Renditions;

/** What a message looks like is read here: authorised by us, rendered by the render-service. */
@Path("/v1/messages/{id}")
public class RenditionResource {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Access access;
    private final Renditions renditions;
    private final CurrentCaller currentCaller;

    RenditionResource(Ledger ledger, Quarantine quarantine, Renditions renditions, CurrentCaller currentCaller) {
        this.access = new Access(ledger, quarantine::entries);
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
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @DefaultValue("") String languages)
            throws InterruptedException {
        return answer(Renditions.Form.JSON, id, remote, authorization, languages);
    }

    /** The message as a page that stands alone; what it fetches, if anything, it fetches from us. */
    @GET
    @Path("view")
    @RolesAllowed({Role.MAIL_READ_ALL, Role.MAIL_READ_OWN})
    @RunOnVirtualThread
    public Response view(
            @PathParam("id") String id,
            @QueryParam("remote") @DefaultValue("blocked") String remote,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @DefaultValue("") String languages)
            throws InterruptedException {
        return answer(Renditions.Form.PAGE, id, remote, authorization, languages);
    }

    /**
     * What the message looks like, without anything remote: a picture of the upper left of its page.
     *
     * @param width pixels, from 200 to 1 280
     * @param height pixels, from 100 to 4 000
     */
    @GET
    @Path("preview")
    @RolesAllowed({Role.MAIL_READ_ALL, Role.MAIL_READ_OWN})
    @RunOnVirtualThread
    public Response preview(
            @PathParam("id") String id,
            @QueryParam("width") @DefaultValue("640") String width,
            @QueryParam("height") @DefaultValue("800") String height,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization)
            throws InterruptedException {
        return answer(new Renditions.Form.Picture(width, height), id, "blocked", authorization, "");
    }

    private Response answer(Renditions.Form form, String id, String remote, String authorization, String languages)
            throws InterruptedException {
        Renditions.Remote wanted = remote(remote);
        var message = access.content(currentCaller.get(), Access.id(id));
        Renditions.Answer answer;
        try {
            answer = renditions.of(
                    message.receipt().event().object(),
                    form,
                    wanted,
                    new Renditions.Reader(authorization, languages, warnings(message)));
        } catch (Renditions.UnavailableException e) {
            throw new ProblemException(503, "rendition-unavailable", "The message cannot be rendered now.")
                    .withRetryAfter(RETRY_AFTER)
                    .withCause(e);
        }
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach(response::header);
        return response.build();
    }

    private static List<Finding> warnings(MessageRecord message) {
        AssessmentResult assessment = message.state().facts().facts().assessment();
        return assessment == null ? List.of() : assessment.findings();
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
