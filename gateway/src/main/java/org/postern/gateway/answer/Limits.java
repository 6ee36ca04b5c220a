package org.postern.gateway.answer;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.postern.edge.problem.Problem;
import org.postern.gateway.limit.Quotas;
import org.postern.gateway.trace.AccessLog;

/** Tells a caller of its quota (draft-ietf-httpapi-ratelimit-headers), and when to come again where it is used up. */
public final class Limits {
    // Hashed and encoded once, not for each answer.
    private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit-Limit");
    private static final CharSequence REMAINING = HttpHeaders.createOptimized("RateLimit-Remaining");
    private static final CharSequence RESET = HttpHeaders.createOptimized("RateLimit-Reset");
    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");

    private Limits() {}

    /** Says what is left; answers 429 and is false where nothing is. */
    public static boolean lets(RoutingContext context, Quotas.Taken taken) {
        if (!taken.granted()) {
            if (taken.wholeTenant()) {
                refuse(
                        context,
                        taken,
                        "too-many-requests-of-tenant",
                        "The quota of all callers of this tenant together is used up.");
            } else {
                refuse(context, taken, "too-many-requests", "The quota of this caller is used up.");
            }
            return false;
        }
        say(context.response().headers(), taken);
        return true;
    }

    /** Answers 429, with its own words. */
    public static void refuse(RoutingContext context, Quotas.Taken taken, String code, String detail) {
        AccessLog.reason(context, code);
        say(context.response().headers(), taken);
        context.request().resume();
        Answers.problem(
                context.response(),
                Problem.of(429, code, detail).withNext("Come again after the seconds that Retry-After names."),
                Map.of("Retry-After", Long.toString(taken.seconds())));
    }

    private static void say(MultiMap headers, Quotas.Taken taken) {
        long window = taken.quota().window().toSeconds();
        headers.set(LIMIT, Long.toString(taken.quota().requests()));
        headers.set(REMAINING, Long.toString(taken.remaining()));
        headers.set(RESET, Long.toString(taken.seconds()));
        headers.set(POLICY, taken.quota().requests() + ";w=" + window);
    }
}
