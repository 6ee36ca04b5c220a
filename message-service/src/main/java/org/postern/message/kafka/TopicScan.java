package org.postern.message.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.postern.message.LedgerUnavailableException;

/** Reads topics from their oldest record to the one that is the newest when it begins, in a group of nobody. */
public final class TopicScan implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, List<PartitionInfo>> topics;

    private TopicScan(KafkaConsumer<String, byte[]> consumer, Map<String, List<PartitionInfo>> topics) {
        this.consumer = consumer;
        this.topics = topics;
    }

    /**
     * Begins.
     *
     * @param broker the configuration of the broker
     * @param name what the broker is told that this is
     * @throws LedgerUnavailableException where the broker cannot be asked
     */
    public static TopicScan begin(Map<String, Object> broker, String name) {
        Map<String, Object> ours = new HashMap<>(broker);
        ours.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        ours.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        ours.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        ours.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        ours.remove(ConsumerConfig.GROUP_ID_CONFIG);
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(ours, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            return new TopicScan(consumer, consumer.listTopics());
        } catch (KafkaException e) {
            consumer.close();
            throw new LedgerUnavailableException(e, false);
        }
    }

    /** Whether there is such a topic. */
    public boolean has(String topic) {
        return topics.containsKey(topic);
    }

    /**
     * Reads these topics together; one that is not there is empty. Records of one partition come in their order.
     *
     * @throws LedgerUnavailableException where the broker is away before all was read
     */
    public void read(List<String> names, Consumer<ConsumerRecord<String, byte[]>> each) {
        try {
            List<TopicPartition> partitions = names.stream()
                    .flatMap(name -> topics.getOrDefault(name, List.of()).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long silentSince = System.nanoTime();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                boolean silent = true;
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    silent = false;
                    each.accept(record);
                }
                silentSince = silent ? silentSince : System.nanoTime();
                if (System.nanoTime() - silentSince > LONGEST_SILENCE.toNanos()) {
                    throw new LedgerUnavailableException(new KafkaException("the broker does not answer"), false);
                }
            }
        } catch (KafkaException e) {
            throw new LedgerUnavailableException(e, false);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
