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
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Role;
import org.postern.render.Rendition;
import org.postern.render.ViewPage;
import org.postern.render.kept.RenderOnce;
import org.postern.store.MessageStore;
import org.postern.store.reference.ObjectReferenceSigner;

/** Renders a stored mail for the service that authorised its reader. Not routed by the gateway. */
@Path("/internal/v1")
@RolesAllowed({Role.MAIL_READ_OWN, Role.MAIL_READ_ALL, Role.MAIL_SUBMIT})
public class InternalResource {
    /** The header with the signed object reference. */
    public static final String OBJECT = "Postern-Object";

    /** The header with what the assessment warns of: a JSON array of findings in base64url. */
    public static final String WARNINGS = "Postern-Warnings";

    private final RenderOnce renderOnce;
    private final RemoteContent remoteContent;
    private final StoredMails mails;

    InternalResource(
            RenderOnce renderOnce, RemoteContent remoteContent, MessageStore store, ObjectReferenceSigner signer) {
        this.remoteContent = remoteContent;
        this.renderOnce = renderOnce;
        this.mails = new StoredMails(store, signer);
    }

    @GET
    @Path("/renditions")
    @RunOnVirtualThread
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The rendition of a stored mail", hidden = true)
    public Rendition rendition(
            @HeaderParam(OBJECT) @Nullable String object,
            @HeaderParam(WARNINGS) @Nullable String warnings,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String languages,
            @QueryParam("remote") @Nullable String remote) {
        return render(object, remote, false).with(ReaderWarnings.of(warnings, ReaderWarnings.language(languages)));
    }

    @GET
    @Path("/views")
    @RunOnVirtualThread
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "The page of a stored mail", hidden = true)
    public Response view(
            @HeaderParam(OBJECT) @Nullable String object,
            @HeaderParam(WARNINGS) @Nullable String warnings,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String languages,
            @QueryParam("remote") @Nullable String remote) {
        Locale language = ReaderWarnings.language(languages);
        Rendition rendition = render(object, remote, true).with(ReaderWarnings.of(warnings, language));
        return Response.ok(ViewPage.withBanner(rendition, language), MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header("Content-Security-Policy", rendition.csp())
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .build();
    }

    private Rendition render(@Nullable String object, @Nullable String remote, boolean page) {
        return mails.read(
                object, (reference, mail) -> renderOnce.mail(mail, remoteContent.of(remote, reference, page)));
    }
}
