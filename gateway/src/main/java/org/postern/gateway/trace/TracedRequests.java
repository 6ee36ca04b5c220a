package org.postern.gateway.trace;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.postern.edge.tracing.Span;
import org.postern.edge.tracing.SpanAttribute;
import org.postern.edge.tracing.Tracing;
import org.postern.events.TraceContext;

/**
 * Makes a span of every request, from its head to the end of its answer, and names the trace for everything behind. Neither
 * path nor query are told: they hold tokens and addresses.
 */
public final class TracedRequests implements Handler<RoutingContext> {
    private final Tracing tracing;

    public TracedRequests(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public void handle(RoutingContext context) {
        @Nullable String parent = context.request().getHeader(RequestTrace.TRACE_PARENT);
        TraceContext trace = TraceContext.continueOrStart(parent);
        String method = context.request().method().name();
        Span span = tracing.request(method, trace, parent).with(SpanAttribute.METHOD, method);
        RequestTrace.name(context, trace);
        context.addEndHandler(ended -> {
            int status = context.response().getStatusCode();
            span.with(SpanAttribute.STATUS, String.valueOf(status));
            if (ended.failed() || status >= 500) {
                span.failed();
            }
            span.close();
        });
        context.next();
    }
}
