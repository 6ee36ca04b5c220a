package org.postern.gateway.proxy;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.postern.edge.problem.Problem;

/** Answers that the door gives itself. */
public final class Answers {
    private Answers() {}

    static void problem(HttpServerResponse response, Problem problem, Map<String, String> headers) {
        if (response.ended() || response.headWritten()) {
            return;
        }
        headers.forEach(response::putHeader);
        text(response, problem.status(), Problem.MEDIA_TYPE, problem.toJson());
    }

    /** Says that nothing more is read on this connection. HTTP/2 has no such header: a stream ends by itself. */
    static Map<String, String> closing(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2 ? Map.of() : Map.of("Connection", "close");
    }

    /** A page of plain text for anybody. */
    public static void page(RoutingContext context, String text) {
        text(context.response(), 200, "text/plain; charset=utf-8", text);
    }

    static void text(HttpServerResponse response, int status, String type, String text) {
        SecurityHeaders.add(response.headers());
        response.setStatusCode(status).putHeader("Content-Type", type).end(text);
    }
}
