package org.postern.edge.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.TraceContext;

class TracingTest {
    private final InMemorySpanExporter collector = InMemorySpanExporter.create();
    private final Tracing tracing = Tracing.to(SimpleSpanProcessor.create(collector), "scan-service", 1);

    @Test
    void givesASpanTheIdsThatItsEventCarries() {
        TraceContext request = TraceContext.start();
        TraceContext event = request.child();

        tracing.request("POST", request, null).close();
        tracing.event("mail.received.v1", event, request.traceparent()).close();

        assertThat(spans()).extracting(SpanData::getTraceId).containsOnly(request.traceId());
        assertThat(spans()).extracting(SpanData::getSpanId).containsExactly(request.spanId(), event.spanId());
        assertThat(spans().get(0).getParentSpanContext().isValid()).isFalse();
        assertThat(spans().get(1).getParentSpanId()).isEqualTo(request.spanId());
        assertThat(spans().get(1).getKind()).isEqualTo(SpanKind.CONSUMER);
    }

    @Test
    void hangsACallToAnEngineUnderTheEventThatTheThreadIsAt() {
        TraceContext event = TraceContext.start();

        try (Span outer = tracing.event("mail.received.v1", event, null);
                Span call = tracing.engine("clamav")) {
            call.with(SpanAttribute.RESULT, "infected");
            outer.with(SpanAttribute.MESSAGE, "0198c0de-0000-7000-8000-000000000001");
        }

        SpanData call = spans().getFirst();
        assertThat(call.getName()).isEqualTo("ask clamav");
        assertThat(call.getParentSpanId()).isEqualTo(event.spanId());
        assertThat(call.getAttributes().asMap()).containsValue("infected");
    }

    @Test
    void makesNoTraceOfAnEngineThatIsAskedForNoEvent() {
        try (Span event = tracing.event("mail.received.v1", TraceContext.start(), null)) {
            event.failed();
        }
        tracing.engine("clamav").close();

        assertThat(spans()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@example.org", "an offer for you", "", "a/b?token=c", "über"})
    void saysNothingThatCouldBePersonal(String value) {
        tracing.request("POST", TraceContext.start(), null)
                .with(SpanAttribute.RESULT, value)
                .close();

        assertThat(spans().getFirst().getAttributes().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "00-00000000000000000000000000000000-0000000000000000-01", "01-aa-bb-cc"})
    void takesNoParentThatIsNone(String parent) {
        tracing.request("POST", TraceContext.start(), parent).close();

        assertThat(spans().getFirst().getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void tracesAMessageInAllServicesOrInNone() {
        InMemorySpanExporter other = InMemorySpanExporter.create();
        Tracing half = Tracing.to(SimpleSpanProcessor.create(collector), "scan-service", 0.5);
        Tracing half2 = Tracing.to(SimpleSpanProcessor.create(other), "spam-service", 0.5);
        for (int i = 0; i < 200; i++) {
            TraceContext trace = TraceContext.start();
            half.event("mail.received.v1", trace.child(), trace.traceparent()).close();
            half2.event("mail.received.v1", trace.child(), trace.traceparent()).close();
        }

        assertThat(spans()).hasSizeBetween(40, 160);
        assertThat(spans())
                .extracting(SpanData::getTraceId)
                .containsExactlyElementsOf(other.getFinishedSpanItems().stream()
                        .map(SpanData::getTraceId)
                        .toList());
    }

    @Test
    void isNothingWhereItIsOff() {
        Tracing off = Tracing.off();

        assertThat(off.event("mail.received.v1", TraceContext.start(), null))
                .isSameAs(off.engine("clamav"))
                .isSameAs(off.request("POST", TraceContext.start(), null));
    }

    private List<SpanData> spans() {
        return collector.getFinishedSpanItems();
    }
}
