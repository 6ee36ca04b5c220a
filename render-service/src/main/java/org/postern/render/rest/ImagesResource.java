package org.postern.render.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.postern.edge.problem.ProblemException;
import org.postern.mime.UnreadableMailException;
import org.postern.render.images.ImageRefusedException;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.InvalidImageTokenException;
import org.postern.render.images.PartAddress;
import org.postern.render.images.PartTokens;
import org.postern.render.images.SafeImage;
import org.postern.render.images.ShowImages;
import org.postern.render.images.ShowParts;
import org.postern.store.ObjectMissingException;

/** Images under the signed addresses that renditions hold. The signature is the permission. */
@Path("/v1/images")
public class ImagesResource {
    private static final int GONE = 410;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final Duration BEFORE_NEXT = Duration.ofSeconds(10);
    private static final int FORBIDDEN = 403;

    private final ImageTokens tokens;
    private final ShowImages images;
    private final PartTokens partTokens;
    private final ShowParts parts;

    ImagesResource(ImageTokens tokens, ShowImages images, PartTokens partTokens, ShowParts parts) {
        this.tokens = tokens;
        this.images = images;
        this.partTokens = partTokens;
        this.parts = parts;
    }

    @GET
    @Path("{token}")
    @PermitAll
    @RunOnVirtualThread
    @Operation(
            summary =
                    "An image of a mail, from elsewhere or its own, made anew; one transparent pixel where it is not shown")
    @APIResponse(responseCode = "200", description = "the image")
    @APIResponse(responseCode = "403", description = "image-token-invalid")
    @APIResponse(responseCode = "404", description = "object-missing: the mail that carried it was erased")
    @APIResponse(responseCode = "410", description = "image-token-expired")
    public Response image(@PathParam("token") String token) throws InterruptedException {
        try {
            SafeImage image =
                    PartTokens.isOne(token) ? part(partTokens.verify(token)) : images.image(tokens.verify(token));
            return answer(image, "private, max-age=86400, immutable");
        } catch (InvalidImageTokenException e) {
            throw e.isExpired()
                    ? new ProblemException(GONE, "image-token-expired", "The address of the image is too old.")
                            .withNext("Ask for the rendition again: it has new addresses.")
                    : new ProblemException(FORBIDDEN, "image-token-invalid", "The address of the image is not ours.");
        } catch (ImageRefusedException e) {
            return answer(SafeImage.NOTHING, e.isPassing() ? "no-store" : "private, max-age=600");
        }
    }

    private SafeImage part(PartAddress address) throws ImageRefusedException, InterruptedException {
        try {
            return parts.image(address);
        } catch (UnreadableMailException e) {
            throw Refusals.of(e);
        } catch (ObjectMissingException e) {
            throw new ProblemException(NOT_FOUND, "object-missing", "The mail is not in the store any more.")
                    .withCause(e);
        } catch (IOException e) {
            throw new ProblemException(UNAVAILABLE, "store-unavailable", "The mail cannot be read from the store now.")
                    .withRetryAfter(BEFORE_NEXT)
                    .withCause(e);
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
