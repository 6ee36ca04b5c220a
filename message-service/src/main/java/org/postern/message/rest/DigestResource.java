package org.postern.message.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.postern.message.digest.DigestPage;
import org.postern.message.digest.FollowLink;
import org.postern.message.digest.Letters;

/**
 * Readers come here by the links of their digests, without a token: the link is the permission, for one message and one
 * recipient. {@code GET} shows, and changes nothing; {@code POST} acts.
 */
@Path("/v1/digest/{token}")
public class DigestResource {
    private static final String HTML = "text/html;charset=UTF-8";
    private static final int RETRY_AFTER_SECONDS = 60;

    private final FollowLink links;
    private final Letters letters;

    DigestResource(FollowLink links, Letters letters) {
        this.links = links;
        this.letters = letters;
    }

    /** What the link is for, and a button. */
    @GET
    @PermitAll
    @RunOnVirtualThread
    public Response look(@PathParam("token") String token) {
        return page(links.look(token));
    }

    /** Releases the message to the reader. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @PermitAll
    @RunOnVirtualThread
    public Response act(@PathParam("token") String token) {
        return page(links.act(token));
    }

    private Response page(FollowLink.Seen seen) {
        Response.ResponseBuilder response = Response.status(seen.page().status())
                .entity(letters.page(seen.page(), seen.language(), seen.message()))
                .header(HttpHeaders.CONTENT_TYPE, HTML)
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none';"
                                + " base-uri 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (seen.page() == DigestPage.LATER) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.build();
    }
}
