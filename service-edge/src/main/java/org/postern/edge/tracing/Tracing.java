package org.postern.edge.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postern.events.MalformedValueException;
import org.postern.events.TraceContext;

/**
 * Makes spans of what the services do. One message is one trace: the trace context that every request and every event
 * carries (W3C) is that of the spans. Nothing is made by itself from requests, whose paths and queries hold tokens and
 * addresses: a span says what {@link SpanAttribute} names, and no more.
 *
 * <p>Where there is no collector, all methods return at once and nothing is allocated.
 */
public final class Tracing implements AutoCloseable {
    private static final long PATIENCE = 5;
    // What each thread is at.
    private static final ThreadLocal<TraceContext> CURRENT = new ThreadLocal<>();

    private final @Nullable SdkTracerProvider provider;
    private final @Nullable Tracer tracer;
    private final GivenIds ids = new GivenIds();

    private Tracing(@Nullable SpanProcessor processor, String service, double share) {
        if (processor == null) {
            this.provider = null;
            this.tracer = null;
            return;
        }
        this.provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                // By the trace's id alone: a message is traced in all services or in none.
                .setSampler(Sampler.traceIdRatioBased(share))
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", service)
                        .put("service.namespace", "postern")
                        .build()))
                .addSpanProcessor(processor)
                .build();
        this.tracer = provider.get("org.postern");
    }

    /** Traces nothing. */
    public static Tracing off() {
        return new Tracing(null, "", 0);
    }

    /**
     * Traces.
     *
     * @param processor what takes spans that have ended; closed with this
     * @param service the name of the service
     * @param share of messages that are traced, 0 to 1
     */
    public static Tracing to(SpanProcessor processor, String service, double share) {
        return new Tracing(processor, service, share);
    }

    /**
     * A request that was taken in; to be closed when it is answered, by whichever thread.
     *
     * @param self the context that goes on with it
     * @param parent the {@code traceparent} it came with
     */
    public Span request(String name, TraceContext self, @Nullable String parent) {
        return tracer == null ? Span.NONE : new Span(start(tracer, name, SpanKind.SERVER, self, parent), null, null);
    }

    /** An event that is handled by this thread. */
    public Span event(String topic, TraceContext self, @Nullable String parent) {
        if (tracer == null) {
            return Span.NONE;
        }
        return onThisThread(start(tracer, "process " + topic, SpanKind.CONSUMER, self, parent), self)
                .with(SpanAttribute.TOPIC, topic);
    }

    /** A call to an engine, as a part of what this thread is at; nothing where it is at nothing that is traced. */
    public Span engine(String name) {
        TraceContext now = tracer == null ? null : CURRENT.get();
        if (tracer == null || now == null) {
            return Span.NONE;
        }
        TraceContext self = now.child();
        return onThisThread(start(tracer, "ask " + name, SpanKind.CLIENT, self, now.traceparent()), self)
                .with(SpanAttribute.ENGINE, name);
    }

    private Span onThisThread(io.opentelemetry.api.trace.Span span, TraceContext self) {
        TraceContext before = CURRENT.get();
        CURRENT.set(self);
        return new Span(span, CURRENT, before);
    }

    private io.opentelemetry.api.trace.Span start(
            Tracer tracer, String name, SpanKind kind, TraceContext self, @Nullable String parent) {
        return ids.with(self, () -> tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(context(self, parent))
                .startSpan());
    }

    /** The parent, where it belongs to the same trace: a malformed one has been replaced by a new trace before. */
    private static Context context(TraceContext self, @Nullable String parent) {
        if (parent == null || !parent.startsWith(self.traceId(), 3)) {
            return Context.root();
        }
        try {
            TraceContext caller = new TraceContext(parent);
            return Context.root()
                    .with(io.opentelemetry.api.trace.Span.wrap(SpanContext.createFromRemoteParent(
                            caller.traceId(), caller.spanId(), TraceFlags.getSampled(), TraceState.getDefault())));
        } catch (MalformedValueException e) {
            return Context.root();
        }
    }

    /** Tells what has ended but is not told yet, for five seconds at most. */
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(PATIENCE, TimeUnit.SECONDS);
        }
    }
}
