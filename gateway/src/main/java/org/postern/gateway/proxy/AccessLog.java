package org.postern.gateway.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.AsyncResult;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.gateway.route.Route;

/**
 * One line of JSON for each request, under the category {@code org.postern.gateway.access}: when, what route, how it
 * ended. No address, no token, and neither the path nor the query as they were sent: the route says which call it was, the
 * request id which one.
 */
final class AccessLog {
    private static final Logger LOG = Logger.getLogger("org.postern.gateway.access");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ROUTE = "postern.route";
    private static final String REASON = "postern.reason";

    private final Clock clock;

    AccessLog(Clock clock) {
        this.clock = clock;
    }

    /** Writes the line when the request has been answered. */
    void begin(RoutingContext context, String requestId) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        long began = System.nanoTime();
        context.addEndHandler(ended -> write(context, requestId, began, ended));
    }

    /** Notes which call it was. */
    static void route(RoutingContext context, Route route) {
        context.put(ROUTE, route);
    }

    /** Notes why it was refused: a stable word. */
    static void reason(RoutingContext context, String reason) {
        context.put(REASON, reason);
    }

    private void write(RoutingContext context, String requestId, long began, AsyncResult<Void> ended) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("request", requestId);
        line.put("method", method(context.request().method().name()));
        Route route = context.get(ROUTE);
        line.put("route", route == null ? "none" : route.path());
        line.put("status", context.response().getStatusCode());
        if (context.get(REASON) != null) {
            line.put("reason", context.get(REASON));
        }
        line.put("in", context.request().bytesRead());
        line.put("out", context.response().bytesWritten());
        line.put("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        line.put("protocol", String.valueOf(context.request().version()));
        if (ended.failed()) {
            line.put("broken", true);
        }
        try {
            LOG.info(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts and numbers can always be written", e);
        }
    }

    /** A method is any word: one that nobody knows is not repeated. */
    private static String method(String name) {
        return switch (name) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> name;
            default -> "other";
        };
    }
}
