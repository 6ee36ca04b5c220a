package org.postern.render.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.edge.upload.Upload;
import org.postern.mime.UnreadableMailException;
import org.postern.render.RenderingException;
import org.postern.render.Rendition;
import org.postern.render.config.RenderConfig;
import org.postern.render.kept.RenderOnce;
import org.postern.render.kept.Wanted;

/** Renders the bytes of a request. */
@Path("/v1/render")
public class RenderResource {
    private final RenderOnce renderOnce;
    private final RemoteContent remoteContent;
    private final RenderConfig config;
    private final CurrentCaller caller;

    RenderResource(RenderOnce renderOnce, RemoteContent remoteContent, RenderConfig config, CurrentCaller caller) {
        this.remoteContent = remoteContent;
        this.renderOnce = renderOnce;
        this.config = config;
        this.caller = caller;
    }

    @POST
    @RunOnVirtualThread
    @RolesAllowed(Role.RENDER)
    @Consumes({"message/rfc822", MediaType.TEXT_HTML})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Render a mail or HTML so that reading it is harmless")
    @APIResponse(responseCode = "200", description = "the rendition")
    @APIResponse(responseCode = "400", description = "body-empty, body-truncated, not-a-mail, nul-in-header")
    @APIResponse(
            responseCode = "413",
            description = "body-too-large, html-too-large, mail-text-too-large, mime-too-deep")
    @APIResponse(responseCode = "422", description = "rendering-too-expensive")
    public Rendition render(
            InputStream body,
            @QueryParam("remote") @Nullable String remote,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long announced) {
        Wanted wanted = remoteContent.of(remote, caller.get());
        MediaType type = MediaType.valueOf(contentType);
        try {
            Upload upload = Upload.begin(
                    body,
                    announced == null ? -1 : announced,
                    config.messageLimit().asLongValue());
            return type.isCompatible(MediaType.TEXT_HTML_TYPE)
                    ? renderOnce.html(upload, type.getParameters().get(MediaType.CHARSET_PARAMETER), wanted)
                    : renderOnce.mail(upload, wanted);
        } catch (UnreadableMailException e) {
            throw Refusals.of(e);
        } catch (RenderingException e) {
            throw Refusals.of(e);
        } catch (IOException e) {
            throw new ProblemException(400, "body-truncated", "The body did not arrive to its end.").withCause(e);
        }
    }
}
