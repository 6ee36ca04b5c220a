package org.postern.message.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import org.postern.events.codec.EncodedEvent;
import org.postern.message.outbox.EventPublisher;

/**
 * Tells events on Kafka. A producer of its own and not a channel: a record that could not be sent in time has to be given
 * up for certain, and a channel would keep it and send it later, when the message was refused long ago.
 */
public final class KafkaPublisher implements EventPublisher, AutoCloseable {
    private final Producer<String, String> producer;

    private KafkaPublisher(Producer<String, String> producer) {
        this.producer = producer;
    }

    /**
     * A publisher to the broker of the configuration.
     *
     * @param timeout how long a record may take once the broker is known; half of that more to find the broker
     */
    public static KafkaPublisher connect(Map<String, Object> configuration, Duration timeout) {
        Map<String, Object> ours = new HashMap<>(configuration);
        int millis = Math.toIntExact(timeout.toMillis());
        ours.put(ProducerConfig.ACKS_CONFIG, "all");
        ours.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        ours.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        ours.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis / 2);
        ours.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis * 3 / 4);
        ours.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        ours.put(ProducerConfig.CLIENT_ID_CONFIG, "message-service-events");
        return new KafkaPublisher(new KafkaProducer<>(ours, new StringSerializer(), new StringSerializer()));
    }

    @Override
    public CompletableFuture<Void> publish(EncodedEvent event) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        try {
            producer.send(record(event), (metadata, failure) -> {
                if (failure == null) {
                    told.complete(null);
                } else {
                    told.completeExceptionally(failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            told.completeExceptionally(e);
        }
        return told;
    }

    private static ProducerRecord<String, String> record(EncodedEvent event) {
        List<Header> headers = event.headers().entrySet().stream()
                .<Header>map(header ->
                        new RecordHeader(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
        return new ProducerRecord<>(event.topic().topicName(), null, event.key(), event.json(), headers);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
