package org.postern.edge.tracing;

import io.opentelemetry.api.trace.StatusCode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.events.TraceContext;

/** One step of a trace, which ends when it is closed. Where nothing is traced, it does nothing. */
public final class Span implements AutoCloseable {
    /** Of a step that is not told to anybody. */
    static final Span NONE = new Span(null, null, null);

    // Words, numbers, topics and ids: an address has an @, a text has spaces.
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._:-]{1,80}");

    private final io.opentelemetry.api.trace.@Nullable Span span;
    private final @Nullable ThreadLocal<TraceContext> current;
    private final @Nullable TraceContext before;

    Span(
            io.opentelemetry.api.trace.@Nullable Span span,
            @Nullable ThreadLocal<TraceContext> current,
            @Nullable TraceContext before) {
        this.span = span;
        this.current = current;
        this.before = before;
    }

    /** Says something of the step. A value that is not a word, a number or an id is left out. */
    public Span with(SpanAttribute attribute, String value) {
        if (span != null && VALUE.matcher(value).matches()) {
            span.setAttribute(attribute.key(), value);
        }
        return this;
    }

    /** Says that the step came to nothing. */
    public void failed() {
        if (span != null) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    @Override
    public void close() {
        if (span == null) {
            return;
        }
        span.end();
        if (current != null) {
            if (before == null) {
                current.remove();
            } else {
                current.set(before);
            }
        }
    }
}
