package org.postern.scan.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.mail.MailEvent;

/** Consumers that are driven by hand, and what their records say. */
final class MailConsumer {
    private static final EventCodec CODEC = new EventCodec("/", Clock.systemUTC());

    private MailConsumer() {}

    /**
     * A consumer with the connection settings of the service.
     *
     * @param kafka all settings of the service that begin with {@code kafka.}
     */
    static KafkaConsumer<byte[], byte[]> of(Map<String, Object> kafka, String group, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>();
        Set<String> known = ConsumerConfig.configNames();
        kafka.forEach((name, value) -> {
            if (known.contains(name)) {
                settings.put(name, value);
            }
        });
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 15_000);
        settings.putAll(more);
        return new KafkaConsumer<>(settings);
    }

    /** The event of a record; empty where it is none of that type: whoever takes the topic in earnest sets it aside. */
    static <E extends MailEvent> Optional<ReceivedEvent<E>> read(Class<E> type, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        try {
            return Optional.of(CODEC.decode(type, headers, record.value()));
        } catch (UnreadableEventException e) {
            return Optional.empty();
        }
    }
}
