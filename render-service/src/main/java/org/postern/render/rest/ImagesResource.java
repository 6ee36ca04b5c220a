package org.postern.render.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.postern.edge.problem.ProblemException;
import org.postern.render.images.ImageAddress;
import org.postern.render.images.ImageRefusedException;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.InvalidImageTokenException;
import org.postern.render.images.SafeImage;
import org.postern.render.images.ShowImages;

/** Remote images under the signed addresses that renditions hold. The signature is the permission. */
@Path("/v1/images")
public class ImagesResource {
    private static final int GONE = 410;
    private static final int FORBIDDEN = 403;

    private final ImageTokens tokens;
    private final ShowImages images;

    ImagesResource(ImageTokens tokens, ShowImages images) {
        this.tokens = tokens;
        this.images = images;
    }

    @GET
    @Path("{token}")
    @PermitAll
    @RunOnVirtualThread
    @Operation(summary = "A remote image, fetched once and made anew; one transparent pixel where it is not shown")
    @APIResponse(responseCode = "200", description = "the image")
    @APIResponse(responseCode = "403", description = "image-token-invalid")
    @APIResponse(responseCode = "410", description = "image-token-expired")
    public Response image(@PathParam("token") String token) throws InterruptedException {
        ImageAddress address;
        try {
            address = tokens.verify(token);
        } catch (InvalidImageTokenException e) {
            throw e.isExpired()
                    ? new ProblemException(GONE, "image-token-expired", "The address of the image is too old.")
                            .withNext("Ask for the rendition again: it has new addresses.")
                    : new ProblemException(FORBIDDEN, "image-token-invalid", "The address of the image is not ours.");
        }
        try {
            return answer(images.image(address), "private, max-age=86400, immutable");
        } catch (ImageRefusedException e) {
            return answer(SafeImage.NOTHING, e.isPassing() ? "no-store" : "private, max-age=600");
        }
    }

    private static Response answer(SafeImage image, String caching) {
        return Response.ok(image.bytes(), image.mediaType())
                .header(HttpHeaders.CACHE_CONTROL, caching)
                .header("Content-Disposition", "inline; filename=\"image\"")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .build();
    }
}
