package org.postern.events.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postern.events.Event;
import org.postern.events.EventId;
import org.postern.events.MalformedValueException;
import org.postern.events.TraceContext;

/** Writes events to records and reads them back. */
public final class EventCodec {
    private static final String SPEC_VERSION = "1.0";

    private final String source;
    private final Clock clock;

    /**
     * @param source the CloudEvents {@code source}: a path that names the service, for instance {@code /scan-service}
     * @param clock gives the CloudEvents {@code time}
     */
    public EventCodec(String source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** The record of an event. */
    public EncodedEvent encode(Event event, TraceContext trace) {
        Topic topic = Topic.of(event);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(EventHeader.SPEC_VERSION, SPEC_VERSION);
        headers.put(EventHeader.ID, event.id().toString());
        headers.put(EventHeader.SOURCE, source);
        headers.put(EventHeader.TYPE, topic.cloudEventType());
        headers.put(
                EventHeader.TIME, clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        headers.put(EventHeader.SUBJECT, event.key());
        headers.put(EventHeader.TENANT, event.tenant().value());
        headers.put(EventHeader.CONTENT_TYPE, "application/json");
        headers.put(EventHeader.TRACE_PARENT, trace.traceparent());
        try {
            return new EncodedEvent(
                    topic, event.key(), headers, EventJson.mapper().writeValueAsString(event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of ours can always be written", e);
        }
    }

    /**
     * The event of a record.
     *
     * @param type the type of event the topic carries
     * @param headers the record's headers as text
     * @param value the record's value
     * @throws UnreadableEventException where it is not such an event
     */
    public <E extends Event> ReceivedEvent<E> decode(Class<E> type, Map<String, String> headers, byte[] value)
            throws UnreadableEventException {
        try {
            E event = EventJson.mapper().readValue(value, type);
            if (event == null) {
                throw new UnreadableEventException("the record's value is null", null);
            }
            String missing = Completeness.firstMissing(event);
            if (missing != null) {
                throw new UnreadableEventException("not a " + type.getSimpleName() + ": no " + missing, null);
            }
            return new ReceivedEvent<>(
                    idOf(headers, event), TraceContext.continueOrStart(headers.get(EventHeader.TRACE_PARENT)), event);
        } catch (IOException | MalformedValueException | NullPointerException e) {
            // A missing component surfaces as any of the three. The cause is left out: Jackson's messages quote the
            // text.
            throw new UnreadableEventException(
                    "not a " + type.getSimpleName() + ": " + e.getClass().getSimpleName(), null);
        }
    }

    private static EventId idOf(Map<String, String> headers, Event event) {
        String id = headers.get(EventHeader.ID);
        return id == null ? event.id() : EventId.of(id);
    }
}
