package org.postern.edge.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postern.events.TraceContext;

/** Gives a span the ids that its message carries anyway, so that whoever comes next names a parent that is there. */
final class GivenIds implements IdGenerator {
    private static final ThreadLocal<@Nullable TraceContext> NEXT = new ThreadLocal<>();

    /** Starts a span with these ids. */
    <T> T with(TraceContext ids, Supplier<T> start) {
        NEXT.set(ids);
        try {
            return start.get();
        } finally {
            NEXT.remove();
        }
    }

    @Override
    public String generateSpanId() {
        TraceContext ids = NEXT.get();
        return ids == null ? IdGenerator.random().generateSpanId() : ids.spanId();
    }

    @Override
    public String generateTraceId() {
        TraceContext ids = NEXT.get();
        return ids == null ? IdGenerator.random().generateTraceId() : ids.traceId();
    }
}
