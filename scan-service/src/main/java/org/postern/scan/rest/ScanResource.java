package org.postern.scan.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.edge.upload.Upload;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.Body;
import org.postern.scan.NoRoomException;
import org.postern.scan.ScanUpload;
import org.postern.scan.config.ScanConfig;

/** Scans the bytes of a request. */
@Path("/v1/scan")
public class ScanResource {
    /** After that an engine that was away may be back. */
    private static final int RETRY_AFTER_SECONDS = 10;

    private final ScanUpload scanUpload;
    private final long limit;

    ScanResource(ScanUpload scanUpload, ScanConfig config) {
        this.scanUpload = scanUpload;
        this.limit = config.uploadLimit().asLongValue();
    }

    @POST
    @RunOnVirtualThread
    @RolesAllowed(Role.MAIL_SUBMIT)
    @Consumes(MediaType.WILDCARD)
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Operation(
            summary = "Scan a file or a mail for viruses",
            description =
                    "Any bytes, streamed. Content-Disposition names the file, Content-Type message/rfc822 says that it is"
                            + " a mail. An answer without a scan has the verdict inconclusive and a Retry-After header; the status"
                            + " is 200 all the same, so look at the verdict. With Accept: text/plain the answer is one line.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ScanResult.class)))
    @APIResponse(responseCode = "400", description = "body-empty, body-truncated")
    @APIResponse(responseCode = "401", description = "unauthenticated")
    @APIResponse(responseCode = "403", description = "forbidden")
    @APIResponse(responseCode = "413", description = "body-too-large")
    @APIResponse(responseCode = "503", description = "no-room")
    public Response scan(
            InputStream body,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long announced,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            @HeaderParam(HttpHeaders.CONTENT_DISPOSITION) @Nullable String disposition,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept)
            throws InterruptedException {
        long size = announced == null ? Body.UNKNOWN_SIZE : announced;
        ScanResult result;
        try {
            Upload upload = Upload.begin(body, size, limit);
            result = scanUpload.scan(
                    Body.of(() -> upload, size, UploadLabel.name(disposition), UploadLabel.mediaType(type)));
        } catch (NoRoomException e) {
            throw new ProblemException(503, "no-room", "There is no room for the body now.")
                    .withNext("Try again later.")
                    .withCause(e);
        } catch (IOException e) {
            throw new ProblemException(400, "body-truncated", "The body did not arrive to its end.").withCause(e);
        }
        Response.ResponseBuilder response = UploadLabel.wantsLine(accept)
                ? Response.ok(AnswerLine.of(result), MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                : Response.ok(result, MediaType.APPLICATION_JSON_TYPE);
        if (result.verdict() == ScanVerdict.INCONCLUSIVE) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.build();
    }
}
