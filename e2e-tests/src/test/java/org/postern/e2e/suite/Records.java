package org.postern.e2e.suite;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.postern.events.codec.Topic;

/** What is on the topics of the suite. */
public final class Records {
    private Records() {}

    /** Keys, values and headers of all records of a topic. */
    public static List<String> of(Topic topic) {
        List<String> texts = new ArrayList<>();
        read(topic, record -> {
            texts.add(record.key() + " " + record.value());
            record.headers().forEach(header -> texts.add(new String(header.value(), StandardCharsets.UTF_8)));
        });
        return texts;
    }

    /** The values of a header on the records of a topic, and how often each is there. */
    public static Map<String, Integer> valuesOf(Topic topic, String header) {
        Map<String, Integer> values = new HashMap<>();
        read(topic, record -> {
            Header found = record.headers().lastHeader(header);
            if (found != null) {
                values.merge(new String(found.value(), StandardCharsets.UTF_8), 1, Integer::sum);
            }
        });
        return values;
    }

    private static void read(Topic topic, Consumer<ConsumerRecord<String, String>> reader) {
        Map<String, Object> configuration = Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + Suite.running().port("KAFKA"),
                "key.deserializer",
                StringDeserializer.class.getName(),
                "value.deserializer",
                StringDeserializer.class.getName(),
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(configuration)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(reader);
            }
        }
    }
}
