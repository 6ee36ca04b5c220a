package org.postern.gateway.door;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.Problem;
import org.postern.gateway.answer.Answers;
import org.postern.gateway.answer.SecurityHeaders;

/** Which pages of other origins may call (Fetch standard, section 3.3). None unless they are named. Cookies are never let along. */
final class Cors {
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String REQUEST_HEADERS =
            "Authorization, Content-Type, Prefer, Idempotency-Key, Envelope-From, Envelope-To, Client-Ip, Client-Helo, "
                    + "Client-Hostname, Last-Event-ID, traceparent";
    private static final String RESPONSE_HEADERS =
            "Location, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, X-Request-Id,"
                    + " WWW-Authenticate";

    private final Set<String> origins;

    Cors(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** Answers a question in advance; false where the request is none, or its page is told that it may read the answer. */
    boolean answers(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return false;
        }
        boolean asks = request.method().name().equals("OPTIONS")
                && request.headers().contains("Access-Control-Request-Method");
        if (isAllowed(origin)) {
            allow(context.response().headers(), origin);
            if (asks) {
                answer(context);
            }
        } else if (asks) {
            Answers.problem(
                    context.response(),
                    Problem.of(403, "origin-not-allowed", "Pages of that origin may not call this."),
                    Map.of("Vary", "Origin"));
        }
        return asks;
    }

    private boolean isAllowed(@Nullable String origin) {
        return origin != null && origins.contains(origin);
    }

    private static void allow(MultiMap headers, String origin) {
        headers.set("Access-Control-Allow-Origin", origin);
        headers.set("Access-Control-Expose-Headers", RESPONSE_HEADERS);
        headers.add("Vary", "Origin");
    }

    private static void answer(RoutingContext context) {
        SecurityHeaders.add(context.response().headers());
        context.response()
                .setStatusCode(204)
                .putHeader("Access-Control-Allow-Methods", METHODS)
                .putHeader("Access-Control-Allow-Headers", REQUEST_HEADERS)
                .putHeader("Access-Control-Max-Age", "600")
                .end();
    }
}
