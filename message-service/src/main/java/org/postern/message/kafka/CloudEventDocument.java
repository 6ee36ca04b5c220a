package org.postern.message.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.postern.events.EventId;
import org.postern.events.MalformedValueException;
import org.postern.events.Tenant;
import org.postern.events.codec.EventHeader;
import org.postern.events.codec.Topic;
import org.postern.message.outlet.ToldEvent;

/** A record in binary mode as a document in structured mode (CloudEvents 1.0, JSON format). The data stays as it is. */
final class CloudEventDocument {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The attributes: their names in JSON, and the headers they stand in. */
    private static final List<Map.Entry<String, String>> ATTRIBUTES = List.of(
            Map.entry("datacontenttype", EventHeader.CONTENT_TYPE),
            Map.entry("source", EventHeader.SOURCE),
            Map.entry("subject", EventHeader.SUBJECT),
            Map.entry("tenant", EventHeader.TENANT),
            Map.entry("time", EventHeader.TIME),
            Map.entry("traceparent", EventHeader.TRACE_PARENT),
            Map.entry("type", EventHeader.TYPE));

    private CloudEventDocument() {}

    /** The event of a record, or nothing where it is none: whoever owns the topic puts it among the dead letters. */
    static Optional<ToldEvent> of(ConsumerRecord<String, byte[]> record) {
        String id = text(record, EventHeader.ID);
        String tenant = text(record, EventHeader.TENANT);
        Optional<Topic> topic = Topic.named(record.topic());
        if (id == null || tenant == null || record.value() == null || topic.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ToldEvent(
                    EventId.of(id),
                    topic.get(),
                    Tenant.of(tenant),
                    time(record),
                    attributes(record, id) + ",\"data\":" + data(record.value()) + "}"));
        } catch (IOException | MalformedValueException e) {
            return Optional.empty();
        }
    }

    /** All but its end. */
    private static String attributes(ConsumerRecord<String, byte[]> record, String id) throws JsonProcessingException {
        ObjectNode document = JSON.createObjectNode().put("specversion", "1.0").put("id", id);
        for (Map.Entry<String, String> attribute : ATTRIBUTES) {
            String value = text(record, attribute.getValue());
            if (value != null) {
                document.put(attribute.getKey(), value);
            }
        }
        String written = JSON.writeValueAsString(document);
        return written.substring(0, written.length() - 1);
    }

    /** One object, as it was written: nearly nobody wants it, so it is looked through and not read. */
    private static String data(byte[] value) throws IOException {
        try (JsonParser parser = JSON.createParser(value)) {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            parser.skipChildren();
            if (!isObject || parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new IOException("the value is not one object");
            }
        }
        for (byte b : value) {
            if (b == '\n' || b == '\r') {
                // A document is one line.
                return JSON.writeValueAsString(JSON.readTree(value));
            }
        }
        return new String(value, StandardCharsets.UTF_8);
    }

    private static Instant time(ConsumerRecord<String, byte[]> record) {
        String time = text(record, EventHeader.TIME);
        try {
            return time == null ? Instant.ofEpochMilli(record.timestamp()) : Instant.parse(time);
        } catch (DateTimeException e) {
            return Instant.ofEpochMilli(record.timestamp());
        }
    }

    private static @Nullable String text(ConsumerRecord<String, byte[]> record, @Nullable String name) {
        Header header = name == null ? null : record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
