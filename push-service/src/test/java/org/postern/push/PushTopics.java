package org.postern.push;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.postern.events.Event;
import org.postern.events.TraceContext;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;

/** The broker, as the other services see it. */
public final class PushTopics implements AutoCloseable {
    private final EventCodec codec = new EventCodec("/test", Clock.systemUTC());
    private final String bootstrap;
    private final KafkaProducer<String, String> producer;

    public PushTopics(String bootstrap) {
        this.bootstrap = bootstrap;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"), new StringSerializer(), new StringSerializer());
    }

    public void tell(Event event) {
        EncodedEvent encoded = codec.encode(event, TraceContext.start());
        ProducerRecord<String, String> record =
                new ProducerRecord<>(encoded.topic().topicName(), encoded.key(), encoded.json());
        encoded.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(record);
        producer.flush();
    }

    public void tellGarbage(String topic) {
        producer.send(new ProducerRecord<>(topic, "garbage", "{\"garbage\""));
        producer.flush();
    }

    /** Key, value and headers of every record of a topic so far. */
    public List<String> records(String topic) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new StringDeserializer())) {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic);
            List<TopicPartition> all = partitions.stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            List<String> records = new ArrayList<>();
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> records.add(record.key() + " " + record.value() + " " + record.headers()));
            }
            return records;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
