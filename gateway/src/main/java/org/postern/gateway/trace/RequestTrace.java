package org.postern.gateway.trace;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.postern.events.TraceContext;

/** The trace of a request (W3C Trace Context), of which the request id is a part: one name in every log and answer. */
public final class RequestTrace {
    /** Of the header with the id of a request. */
    public static final String REQUEST_ID = "X-Request-Id";

    static final String TRACE_PARENT = "traceparent";
    // Hashed and encoded once, not for each request.
    private static final CharSequence REQUEST_ID_NAME = HttpHeaders.createOptimized(REQUEST_ID);
    private static final CharSequence TRACE_PARENT_NAME = HttpHeaders.createOptimized(TRACE_PARENT);
    private static final int ID_BEGIN = 3;
    private static final int ID_END = 35;

    private RequestTrace() {}

    /** Says which trace a request belongs to. */
    static void name(RoutingContext context, TraceContext trace) {
        context.put(TRACE_PARENT, trace);
    }

    /** Goes on with the client's trace, or starts one; tells the client its id. */
    public static String begin(RoutingContext context) {
        TraceContext named = context.get(TRACE_PARENT);
        String trace = (named == null
                        ? TraceContext.continueOrStart(context.request().getHeader(TRACE_PARENT))
                        : named)
                .traceparent();
        String id = trace.substring(ID_BEGIN, ID_END);
        context.request().headers().set(TRACE_PARENT_NAME, trace);
        context.request().headers().set(REQUEST_ID_NAME, id);
        context.response().headers().set(REQUEST_ID_NAME, id);
        return id;
    }
}
