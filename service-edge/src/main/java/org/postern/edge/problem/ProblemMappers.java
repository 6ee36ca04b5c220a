package org.postern.edge.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import org.postern.events.MalformedValueException;

/** Turns whatever a REST resource throws into a problem document. */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final String INVALID_TOKEN =
            "Bearer realm=\"postern\", error=\"invalid_token\", error_description=\"The access token is not accepted\"";
    private static final String NO_TOKEN = "Bearer realm=\"postern\"";
    private static final String SCOPE =
            "Bearer realm=\"postern\", error=\"insufficient_scope\", error_description=\"The access token lacks a role\"";
    private static final int SERVER_ERRORS = 500;

    /** A refusal of our own. */
    @ServerExceptionMapper
    public Response refusal(ProblemException e) {
        if (e.problem().status() >= SERVER_ERRORS) {
            LOG.warnf("answered %d %s", e.problem().status(), e.problem().code());
        }
        Response.ResponseBuilder response = builder(e.problem());
        Duration after = e.retryAfter();
        if (after != null) {
            response.header(HttpHeaders.RETRY_AFTER, Math.max(1, after.toSeconds()));
        }
        return response.build();
    }

    /** A value that is not what it was said to be. */
    @ServerExceptionMapper
    public Response malformed(MalformedValueException e) {
        String message = e.getMessage() == null ? "A value is malformed." : e.getMessage();
        return builder(Problem.of(400, "malformed-value", message)).build();
    }

    /** A body that is not the JSON that was expected. The place is named, the text is not repeated. */
    @ServerExceptionMapper
    public Response json(JacksonException e) {
        return builder(Problem.of(400, "json-malformed", "The body is not the JSON object that was expected.")
                        .withField(place(e)))
                .build();
    }

    /** JSON of another form: said apart, since the REST layer has an answer to it that says nothing. */
    @ServerExceptionMapper
    public Response mismatch(MismatchedInputException e) {
        return json(e);
    }

    /** No token. */
    @ServerExceptionMapper
    public Response unauthorized(UnauthorizedException e) {
        return unauthenticated(NO_TOKEN, "This needs an access token.");
    }

    /** A token that is not accepted. */
    @ServerExceptionMapper
    public Response unauthenticated(AuthenticationFailedException e) {
        return unauthenticated(INVALID_TOKEN, "The access token is not accepted: expired, forged, or made for others.");
    }

    /** No provider to check a token with: nobody's fault, and no reason to let anybody in. */
    @ServerExceptionMapper
    public Response unchecked(OIDCException e) {
        LOG.warnf("a token could not be checked: %s", e.getClass().getName());
        return builder(Problem.of(503, "identity-provider-unavailable", "Access tokens cannot be checked now."))
                .header(HttpHeaders.RETRY_AFTER, 5)
                .build();
    }

    /** A token without the role. */
    @ServerExceptionMapper
    public Response forbidden(ForbiddenException e) {
        return builder(Problem.of(403, "forbidden", "The access token does not have a role that this needs.")
                        .withNext("Ask for a token with one of the roles in the API description."))
                .header(HttpHeaders.WWW_AUTHENTICATE, SCOPE)
                .build();
    }

    /** What the REST layer itself refuses. */
    @ServerExceptionMapper
    public Response rest(WebApplicationException e) {
        if (e.getCause() instanceof JacksonException json) {
            return json(json);
        }
        int status = e.getResponse().getStatus();
        Response.ResponseBuilder response = builder(StandardProblem.of(status));
        String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
        if (allow != null) {
            response.header(HttpHeaders.ALLOW, allow);
        }
        return response.build();
    }

    /** A bug of ours: said, and nothing shown of it. */
    @ServerExceptionMapper
    public Response bug(RuntimeException e) {
        // Without its message, which may quote what was sent; the stack says where to look.
        LOG.errorf("unexpected %s at %s", e.getClass().getName(), frames(e));
        return builder(StandardProblem.of(SERVER_ERRORS)).build();
    }

    private static Response unauthenticated(String challenge, String detail) {
        return builder(Problem.of(401, "unauthenticated", detail)
                        .withNext("Send an Authorization header with a bearer token for the audience postern-api."))
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }

    private static Response.ResponseBuilder builder(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.toJson());
    }

    private static @Nullable String place(JacksonException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return null;
        }
        String path = mapping.getPath().stream()
                .map(reference -> reference.getFieldName() == null ? "[]" : reference.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? null : path;
    }

    private static String frames(Throwable e) {
        StringBuilder frames = new StringBuilder();
        StackTraceElement[] stack = e.getStackTrace();
        for (int i = 0; i < Math.min(stack.length, 12); i++) {
            frames.append(i == 0 ? "" : " < ").append(stack[i]);
        }
        Throwable cause = e.getCause();
        return cause == null
                ? frames.toString()
                : frames + " caused by " + cause.getClass().getName();
    }
}
