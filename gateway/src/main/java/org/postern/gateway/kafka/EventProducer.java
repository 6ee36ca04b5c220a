package org.postern.gateway.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.postern.events.Event;
import org.postern.events.TraceContext;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.Topic;

/** Puts events on Kafka: done when every replica of the partition that must have it has it. */
@ApplicationScoped
public class EventProducer {
    private static final int REQUEST_MILLIS = 2_000;
    private static final int DELIVERY_MILLIS = 4_000;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Map<String, Object> settings;
    private final EventCodec codec = new EventCodec("/gateway", Clock.systemUTC());
    private @Nullable Producer<String, String> producer;

    EventProducer(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        settings = new HashMap<>(kafka);
        settings.keySet().retainAll(ProducerConfig.configNames());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    }

    /** Gets to know a topic, which whoever sends first would wait for. Blocks. */
    void prepare(Topic topic) {
        producer().partitionsFor(topic.topicName());
    }

    /** Sends one; fails within five seconds where Kafka does not take it. */
    CompletionStage<Void> send(Event event) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        // The client may wait for the topic's partitions before it sends anything.
        Thread.startVirtualThread(() -> {
            try {
                producer().send(record(codec.encode(event, TraceContext.continueOrStart(null))), (sent, failure) -> {
                    if (failure == null) {
                        done.complete(null);
                    } else {
                        done.completeExceptionally(failure);
                    }
                });
            } catch (KafkaException e) {
                done.completeExceptionally(e);
            }
        });
        return done.orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ProducerRecord<String, String> record(EncodedEvent event) {
        ProducerRecord<String, String> record =
                new ProducerRecord<>(event.topic().topicName(), event.key(), event.json());
        event.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private synchronized Producer<String, String> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings);
        }
        return producer;
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }
}
