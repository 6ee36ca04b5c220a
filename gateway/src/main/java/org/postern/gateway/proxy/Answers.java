package org.postern.gateway.proxy;

import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import org.postern.edge.problem.Problem;

/** Answers that the door gives itself. */
final class Answers {
    private Answers() {}

    static void problem(HttpServerResponse response, Problem problem, Map<String, String> headers) {
        if (response.ended() || response.headWritten()) {
            return;
        }
        headers.forEach(response::putHeader);
        text(response, problem.status(), Problem.MEDIA_TYPE, problem.toJson());
    }

    static void text(HttpServerResponse response, int status, String type, String text) {
        SecurityHeaders.add(response.headers());
        response.setStatusCode(status).putHeader("Content-Type", type).end(text);
    }
}
