package org.postern.push.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.postern.edge.problem.Problem;
import org.postern.push.DatabaseAwayException;

/** Says that the database is away. */
public final class DatabaseAwayMapper {
    private static final int UNAVAILABLE = 503;

    /** Nothing was kept; the client may come again. */
    @ServerExceptionMapper
    public Response away(DatabaseAwayException e) {
        Problem problem = Problem.of(UNAVAILABLE, "database-unavailable", "This cannot be done now.")
                .withNext("Try again later.");
        return Response.status(UNAVAILABLE)
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.RETRY_AFTER, 5)
                .entity(problem.toJson())
                .build();
    }
}
