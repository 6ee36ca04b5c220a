package org.postern.render.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.events.ObjectReference;
import org.postern.mime.UnreadableMailException;
import org.postern.render.RenderMessage;
import org.postern.render.RenderingException;
import org.postern.render.Rendition;
import org.postern.render.remote.RemoteImages;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;
import org.postern.store.reference.InvalidSignedReferenceException;
import org.postern.store.reference.ObjectReferenceSigner;

/** Renders a stored mail for the service that authorised its reader. Not routed by the gateway. */
@Path("/internal/v1")
@RolesAllowed({Role.MAIL_READ_OWN, Role.MAIL_READ_ALL, Role.MAIL_SUBMIT})
public class InternalResource {
    /** The header with the signed object reference. */
    public static final String OBJECT = "Postern-Object";

    private final RenderMessage renderMessage;
    private final RemoteContent remoteContent;
    private final MessageStore store;
    private final ObjectReferenceSigner signer;

    InternalResource(
            RenderMessage renderMessage,
            RemoteContent remoteContent,
            MessageStore store,
            ObjectReferenceSigner signer) {
        this.remoteContent = remoteContent;
        this.renderMessage = renderMessage;
        this.store = store;
        this.signer = signer;
    }

    @GET
    @Path("/renditions")
    @RunOnVirtualThread
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The rendition of a stored mail", hidden = true)
    public Rendition rendition(
            @HeaderParam(OBJECT) @Nullable String object, @QueryParam("remote") @Nullable String remote) {
        return render(object, remote);
    }

    @GET
    @Path("/views")
    @RunOnVirtualThread
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "The page of a stored mail", hidden = true)
    public Response view(@HeaderParam(OBJECT) @Nullable String object, @QueryParam("remote") @Nullable String remote) {
        Rendition rendition = render(object, remote);
        return Response.ok(RenderMessage.page(rendition), MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header("Content-Security-Policy", rendition.csp())
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .build();
    }

    private Rendition render(@Nullable String object, @Nullable String remote) {
        try {
            ObjectReference reference = signer.verify(object == null ? "" : object);
            RemoteImages images = remoteContent.of(remote, reference.tenant());
            try (InputStream mail = store.open(reference)) {
                return renderMessage.mail(mail, images);
            }
        } catch (InvalidSignedReferenceException e) {
            throw new ProblemException(
                    403, "object-reference-invalid", "The signed object reference is " + e.getMessage() + ".");
        } catch (UnreadableMailException e) {
            throw Refusals.of(e);
        } catch (RenderingException e) {
            throw Refusals.of(e);
        } catch (ObjectMissingException e) {
            throw new ProblemException(404, "object-missing", "The mail is not in the store any more.").withCause(e);
        } catch (IOException e) {
            throw new ProblemException(503, "store-unavailable", "The mail cannot be read from the store now.")
                    .withRetryAfter(Duration.ofSeconds(10))
                    .withCause(e);
        }
    }
}
