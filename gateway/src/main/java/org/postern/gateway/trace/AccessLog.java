package org.postern.gateway.trace;

import io.vertx.core.AsyncResult;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postern.gateway.route.Route;

/**
 * One line of JSON for each request, under the category {@code org.postern.gateway.access}: when, what route, how it
 * ended. No address, no token, and neither the path nor the query as they were sent: the route says which call it was, the
 * request id which one.
 */
public final class AccessLog {
    private static final Logger LOG = Logger.getLogger("org.postern.gateway.access");
    private static final String ROUTE = "postern.route";
    private static final String REASON = "postern.reason";
    private static final int NANOS_OF_MILLI = 1_000_000;

    private final Clock clock;
    private volatile Second second = new Second(Long.MIN_VALUE, "");

    /** The text of a second, without what follows it. */
    private record Second(long at, String text) {}

    /** An access log, whose lines say when by a clock. */
    public AccessLog(Clock clock) {
        this.clock = clock;
    }

    /** Writes the line when the request has been answered. */
    public void begin(RoutingContext context, String requestId) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        long began = System.nanoTime();
        context.addEndHandler(ended -> write(context, requestId, began, ended));
    }

    /** Notes which call it was. */
    public static void route(RoutingContext context, Route route) {
        context.put(ROUTE, route);
    }

    /** Notes why it was refused: a stable word. */
    public static void reason(RoutingContext context, String reason) {
        context.put(REASON, reason);
    }

    private void write(RoutingContext context, String requestId, long began, AsyncResult<Void> ended) {
        Route route = context.get(ROUTE);
        String reason = context.get(REASON);
        JsonLine line = new JsonLine()
                .text("time", time(clock.instant()))
                .text("request", requestId)
                .text("method", method(context.request().method().name()))
                .text("route", route == null ? "none" : route.path())
                .number("status", context.response().getStatusCode());
        if (reason != null) {
            line.text("reason", reason);
        }
        line.number("in", context.request().bytesRead())
                .number("out", context.response().bytesWritten())
                .number("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
                .text("protocol", String.valueOf(context.request().version()));
        if (ended.failed()) {
            line.truth("broken");
        }
        LOG.info(line.end());
    }

    /** To the millisecond, as {@link Instant#toString} has it: a second is written once for all of its requests. */
    String time(Instant now) {
        Second written = second;
        if (written.at() != now.getEpochSecond()) {
            String text = Instant.ofEpochSecond(now.getEpochSecond()).toString();
            written = new Second(now.getEpochSecond(), text.substring(0, text.length() - 1));
            second = written;
        }
        int millis = now.getNano() / NANOS_OF_MILLI;
        if (millis == 0) {
            return written.text() + 'Z';
        }
        return written.text() + '.' + (millis < 100 ? "0" : "") + (millis < 10 ? "0" : "") + millis + 'Z';
    }

    /** A method is any word: one that nobody knows is not repeated. */
    private static String method(String name) {
        return switch (name) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> name;
            default -> "other";
        };
    }
}
