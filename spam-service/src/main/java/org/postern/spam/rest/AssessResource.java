package org.postern.spam.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Role;
import org.postern.edge.problem.ProblemException;
import org.postern.edge.upload.Upload;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.MailClass;
import org.postern.spam.AssessUpload;
import org.postern.spam.Body;
import org.postern.spam.Mail;
import org.postern.spam.config.AssessmentConfig;

/** Assesses the mail of a request. */
@Path("/v1/assess")
public class AssessResource {
    /** After that an engine that was away may be back. */
    private static final int RETRY_AFTER_SECONDS = 10;

    private static final String MAIL = "message/rfc822";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final AssessUpload assessUpload;
    private final long limit;

    AssessResource(AssessUpload assessUpload, AssessmentConfig config) {
        this.assessUpload = assessUpload;
        this.limit = config.uploadLimit().asLongValue();
    }

    @POST
    @RunOnVirtualThread
    @RolesAllowed(Role.MAIL_SUBMIT)
    @Consumes(MAIL)
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Operation(
            summary = "Assess a mail: spam, phishing, and who really sent it",
            description =
                    "Without Client-Ip there is nothing that SPF could verify. An answer without an assessment has the"
                            + " class inconclusive and a Retry-After header; the status is 200 all the same, so look at"
                            + " the class. With Accept: text/plain the answer is a report for a person, its findings in"
                            + " the language of Accept-Language (en, fr).")
    @Parameter(name = "Envelope-From", in = ParameterIn.HEADER, description = "reverse-path; <> for the null sender")
    @Parameter(name = "Envelope-To", in = ParameterIn.HEADER, description = "forward-paths, repeatable or a comma list")
    @Parameter(name = "Client-Ip", in = ParameterIn.HEADER, description = "address of the host that delivered the mail")
    @Parameter(name = "Client-Helo", in = ParameterIn.HEADER, description = "what it said in HELO or EHLO")
    @Parameter(name = "Client-Hostname", in = ParameterIn.HEADER, description = "its name by reverse lookup")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AssessmentResult.class)))
    @APIResponse(responseCode = "400", description = "body-empty, body-truncated, not-a-mail, envelope-...-malformed")
    @APIResponse(responseCode = "401", description = "unauthenticated")
    @APIResponse(responseCode = "403", description = "forbidden")
    @APIResponse(responseCode = "413", description = "body-too-large")
    @APIResponse(responseCode = "415", description = "media-type-unsupported")
    public Response assess(
            InputStream body,
            @Context HttpHeaders headers,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long announced)
            throws InterruptedException {
        EnvelopeHeaders envelope = new EnvelopeHeaders(headers);
        long size = announced == null ? Body.UNKNOWN_SIZE : announced;
        AssessmentResult result;
        try {
            Upload upload = Upload.begin(body, size, limit);
            MailStart.require(upload);
            result = assessUpload.assess(new Mail(
                    Body.of(() -> upload, size), envelope.from(), envelope.recipients(), envelope.client(), null));
        } catch (IOException e) {
            throw new ProblemException(400, "body-truncated", "The mail did not arrive to its end.").withCause(e);
        }
        Response.ResponseBuilder response = wantsText(headers)
                ? Response.ok(ReportText.of(result, language(headers)), TEXT)
                : Response.ok(result, MediaType.APPLICATION_JSON_TYPE);
        if (result.mailClass() == MailClass.INCONCLUSIVE) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.build();
    }

    /** Whether a report is what the caller likes best. */
    private static boolean wantsText(HttpHeaders headers) {
        List<MediaType> accepted = headers.getAcceptableMediaTypes();
        return !accepted.isEmpty()
                && accepted.getFirst().isCompatible(MediaType.TEXT_PLAIN_TYPE)
                && !accepted.getFirst().isWildcardType();
    }

    private static String language(HttpHeaders headers) {
        List<Locale> languages = headers.getAcceptableLanguages();
        return languages.isEmpty() ? "en" : languages.getFirst().getLanguage();
    }
}
