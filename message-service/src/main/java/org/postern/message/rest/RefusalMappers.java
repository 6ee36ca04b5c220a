package org.postern.message.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.postern.edge.problem.Problem;
import org.postern.edge.problem.ProblemException;
import org.postern.message.BrokerUnavailableException;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.intake.Refusal;
import org.postern.message.intake.RefusedRequestException;

/** What this service refuses, as problem documents. */
public class RefusalMappers {
    private static final Logger LOG = Logger.getLogger(RefusalMappers.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** A request that cannot be taken in. */
    @ServerExceptionMapper
    public Response refused(RefusedRequestException e) {
        return response(problem(e.refusal(), String.valueOf(e.getMessage())).problem(), null);
    }

    /** The broker does not take it now. */
    @ServerExceptionMapper
    public Response broker(BrokerUnavailableException e) {
        LOG.warn("answered 503 broker-unavailable");
        return response(
                Problem.of(503, "broker-unavailable", "The message cannot be taken in now; nothing of it was kept.")
                        .withNext("Send it again later."),
                RETRY_AFTER);
    }

    /** The database is away. */
    @ServerExceptionMapper
    public Response ledger(LedgerUnavailableException e) {
        LOG.warn("answered 503 database-unavailable");
        return response(
                Problem.of(503, "database-unavailable", "This needs the database, which cannot be reached now.")
                        .withNext("Send the same request again later."),
                RETRY_AFTER);
    }

    static ProblemException problem(Refusal refusal, String detail) {
        ProblemException problem = new ProblemException(status(refusal), refusal.code(), detail);
        String field = refusal.field();
        return field == null ? problem : problem.withField(field);
    }

    private static int status(Refusal refusal) {
        return switch (refusal) {
            case MESSAGE_TOO_LARGE -> 413;
            case IDEMPOTENCY_KEY_REUSED -> 422;
            case ENVELOPE_FROM_MISSING,
                    ENVELOPE_FROM_MALFORMED,
                    ENVELOPE_TO_MISSING,
                    ENVELOPE_TO_MALFORMED,
                    TOO_MANY_RECIPIENTS,
                    CLIENT_IP_MALFORMED,
                    CLIENT_HELO_MALFORMED,
                    CLIENT_HOSTNAME_MALFORMED,
                    IDEMPOTENCY_KEY_MALFORMED,
                    BODY_EMPTY,
                    BODY_TRUNCATED,
                    NOT_A_MAIL,
                    NUL_BYTES,
                    HEADER_BLOCK_TOO_LARGE -> 400;
        };
    }

    private static Response response(Problem problem, @org.jspecify.annotations.Nullable Duration retryAfter) {
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.toJson());
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfter.toSeconds());
        }
        return response.build();
    }
}
