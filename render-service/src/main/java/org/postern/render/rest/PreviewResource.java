package org.postern.render.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.render.images.SafeImage;
import org.postern.render.preview.PreviewException;
import org.postern.render.preview.PreviewMessage;
import org.postern.render.preview.PreviewSize;
import org.postern.store.MessageStore;
import org.postern.store.reference.ObjectReferenceSigner;

/** The picture of a stored mail for the service that authorised its reader. Not routed by the gateway. */
@Path("/internal/v1/previews")
@RolesAllowed({Role.MAIL_READ_OWN, Role.MAIL_READ_ALL, Role.MAIL_SUBMIT})
public class PreviewResource {
    private final PreviewMessage previewMessage;
    private final StoredMails mails;

    PreviewResource(PreviewMessage previewMessage, MessageStore store, ObjectReferenceSigner signer) {
        this.previewMessage = previewMessage;
        this.mails = new StoredMails(store, signer);
    }

    @GET
    @RunOnVirtualThread
    @Operation(summary = "The picture of a stored mail", hidden = true)
    public Response preview(
            @HeaderParam(InternalResource.OBJECT) @Nullable String object,
            @QueryParam("width") @DefaultValue("640") String width,
            @QueryParam("height") @DefaultValue("800") String height)
            throws InterruptedException {
        PreviewSize size = size(width, height);
        SafeImage picture = picture(object, size);
        return Response.ok(picture.bytes(), picture.mediaType())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .build();
    }

    private SafeImage picture(@Nullable String object, PreviewSize size) throws InterruptedException {
        return mails.<SafeImage, InterruptedException>read(object, (reference, mail) -> {
            try {
                return previewMessage.of(mail, size);
            } catch (PreviewException e) {
                throw Refusals.of(e);
            }
        });
    }

    private static PreviewSize size(String width, String height) {
        int wide = number(width);
        if (!PreviewSize.isWidth(wide)) {
            throw outOfBounds("width", PreviewSize.NARROWEST, PreviewSize.WIDEST);
        }
        int high = number(height);
        if (!PreviewSize.isHeight(high)) {
            throw outOfBounds("height", PreviewSize.LOWEST, PreviewSize.HIGHEST);
        }
        return new PreviewSize(wide, high);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static ProblemException outOfBounds(String field, int least, int most) {
        return new ProblemException(
                        400, "size-invalid", "The " + field + " is a number from " + least + " to " + most + ".")
                .withField(field);
    }
}
