package org.postern.edge.kafka;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.postern.edge.tracing.Span;
import org.postern.edge.tracing.Tracing;
import org.postern.events.Event;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.EventHeader;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.Topic;
import org.postern.events.codec.UnreadableEventException;

/** Events as messages of SmallRye Reactive Messaging. */
public final class EventRecords {
    private EventRecords() {}

    /** The message for an event: its topic, key and headers are those of the event, whatever the channel says. */
    public static Message<String> outgoing(EncodedEvent event) {
        OutgoingKafkaRecordMetadata<String> metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(event.topic().topicName())
                .withKey(event.key())
                .withHeaders(headers(event.headers()))
                .build();
        return Message.of(event.json(), Metadata.of(metadata));
    }

    /**
     * The event of a record.
     *
     * @throws UnreadableEventException where it is not an event of that type: it belongs to the dead letters
     */
    public static <E extends Event> ReceivedEvent<E> incoming(EventCodec codec, Class<E> type, Message<byte[]> message)
            throws UnreadableEventException {
        byte[] value = message.getPayload();
        if (value == null) {
            throw new UnreadableEventException("the record has no value", null);
        }
        return codec.decode(type, texts(message), value);
    }

    /** The span of handling an event; this thread is at it until it is closed. */
    public static Span span(Tracing tracing, Message<?> message, ReceivedEvent<?> received) {
        return tracing.event(
                Topic.of(received.event()).topicName(),
                received.trace(),
                texts(message).get(EventHeader.TRACE_PARENT));
    }

    private static Map<String, String> texts(Message<?> message) {
        Map<String, String> texts = new LinkedHashMap<>();
        message.getMetadata(IncomingKafkaRecordMetadata.class).ifPresent(record -> {
            for (Header header : record.getHeaders()) {
                if (header.value() != null) {
                    texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
                }
            }
        });
        return texts;
    }

    private static Headers headers(Map<String, String> texts) {
        Headers headers = new RecordHeaders();
        texts.forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }
}
