package org.postern.scan.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.scan.config.RecallConfig;
import org.postern.scan.recall.MemoryAwayException;
import org.postern.scan.recall.RecallRuns;

/** Shows how far scanning again with new signatures is. */
@Path("/v1/recall")
@Produces(MediaType.APPLICATION_JSON)
public class RecallResource {
    private final RecallRuns runs;
    private final boolean enabled;

    RecallResource(RecallRuns runs, RecallConfig config) {
        this.runs = runs;
        this.enabled = config.enabled();
    }

    @GET
    @RunOnVirtualThread
    @RolesAllowed(Role.QUARANTINE_ADMIN)
    @Operation(
            summary = "How far handed over mail has been scanned again with the newest signatures",
            description = "The newest run, of all replicas together and for all tenants, in numbers of messages.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RecallDocument.class)))
    @APIResponse(responseCode = "401", description = "unauthenticated")
    @APIResponse(responseCode = "403", description = "forbidden")
    @APIResponse(responseCode = "503", description = "database-unavailable")
    public Response progress() {
        try {
            RecallDocument document = enabled
                    ? runs.progress().map(RecallDocument::of).orElseGet(() -> RecallDocument.without("idle"))
                    : RecallDocument.without("off");
            return Response.ok(document)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        } catch (MemoryAwayException e) {
            throw new ProblemException(
                            503, "database-unavailable", "The database is away. Mail is scanned all the same.")
                    .withNext("Try again later.")
                    .withCause(e);
        }
    }
}
