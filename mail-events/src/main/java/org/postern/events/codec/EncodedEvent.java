package org.postern.events.codec;

import java.util.Map;

/**
 * An event as it goes on Kafka: CloudEvents 1.0 in binary mode (Kafka protocol binding), the attributes as headers and
 * the event as JSON.
 *
 * @param topic where it belongs
 * @param key the key of the record
 * @param headers the attributes as text, by header name
 * @param json the value, to be sent as UTF-8
 */
public record EncodedEvent(Topic topic, String key, Map<String, String> headers, String json) {
    public EncodedEvent {
        headers = Map.copyOf(headers);
    }
}
