package org.postern.message.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.postern.edge.kafka.DeadLetters;
import org.postern.events.MalformedValueException;
import org.postern.events.Tenant;
import org.postern.events.codec.EventHeader;
import org.postern.events.codec.Topic;
import org.postern.message.BrokerUnavailableException;
import org.postern.message.deadletter.DeadRecord;
import org.postern.message.deadletter.DeadRecords;

/** The dead letters on Kafka, read by place and in a group of nobody. A connection for each call: they are few. */
public final class KafkaDeadRecords implements DeadRecords {
    private static final Pattern AN_ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int LONGEST_REASON = 200;
    private static final int MOST_FIELDS = 50;
    private static final int LONGEST_FIELD = 50;

    private final Map<String, Object> broker;
    private final JsonFactory json = new JsonFactory();

    /** @param broker the configuration of the broker */
    public KafkaDeadRecords(Map<String, Object> broker) {
        this.broker = Map.copyOf(broker);
    }

    @Override
    public Map<Topic, Long> counts() {
        return asked(consumer -> {
            Map<Topic, Long> counts = new EnumMap<>(Topic.class);
            for (Topic topic : Topic.values()) {
                List<TopicPartition> partitions = partitions(consumer, topic);
                Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
                long count = consumer.endOffsets(partitions).entrySet().stream()
                        .mapToLong(end -> end.getValue() - first.getOrDefault(end.getKey(), end.getValue()))
                        .sum();
                if (count > 0) {
                    counts.put(topic, count);
                }
            }
            return counts;
        });
    }

    @Override
    public List<DeadRecord> read(Topic topic, DeadRecord.@Nullable Place after, int most) {
        return asked(consumer -> {
            List<DeadRecord> found = new ArrayList<>();
            for (TopicPartition partition : partitions(consumer, topic)) {
                if (found.size() < most && (after == null || partition.partition() >= after.partition())) {
                    boolean begun = after != null && partition.partition() == after.partition();
                    long from = begun && after != null ? after.offset() + 1 : 0;
                    for (ConsumerRecord<byte[], byte[]> record :
                            records(consumer, partition, from, most - found.size())) {
                        found.add(dead(record));
                    }
                }
            }
            return found;
        });
    }

    @Override
    public Optional<DeadRecord> find(Topic topic, DeadRecord.Place place) {
        return asked(consumer -> at(consumer, topic, place).map(this::dead));
    }

    @Override
    public boolean redrive(Topic topic, DeadRecord.Place place) {
        Optional<ConsumerRecord<byte[], byte[]>> record = asked(consumer -> at(consumer, topic, place));
        record.ifPresent(found -> send(topic, found));
        return record.isPresent();
    }

    private void send(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        Map<String, Object> ours = new HashMap<>(broker);
        ours.put(ProducerConfig.ACKS_CONFIG, "all");
        ours.put(ProducerConfig.CLIENT_ID_CONFIG, "message-service-redrive");
        ours.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.toIntExact(LONGEST.toMillis()));
        Headers headers = new RecordHeaders(record.headers().toArray());
        headers.remove(DeadLetters.REASON);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(ours, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.topicName(), null, record.key(), record.value(), headers))
                    .get();
        } catch (KafkaException | ExecutionException e) {
            throw new BrokerUnavailableException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException(e);
        }
    }

    private <T> T asked(Function<KafkaConsumer<byte[], byte[]>, T> question) {
        Map<String, Object> ours = new HashMap<>(broker);
        ours.put(ConsumerConfig.CLIENT_ID_CONFIG, "message-service-dead-letters");
        ours.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        ours.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        ours.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        ours.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(LONGEST.toMillis()));
        ours.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(LONGEST.toMillis()));
        ours.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(ours, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return question.apply(consumer);
        } catch (KafkaException e) {
            throw new BrokerUnavailableException(e);
        }
    }

    /** Of the dead letters of a topic; none where nobody ever wrote one. */
    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, Topic topic) {
        return consumer.listTopics().getOrDefault(topic.deadLetters(), List.of()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> at(
            KafkaConsumer<byte[], byte[]> consumer, Topic topic, DeadRecord.Place place) {
        return partitions(consumer, topic).stream()
                .filter(partition -> partition.partition() == place.partition())
                .flatMap(partition -> records(consumer, partition, place.offset(), 1).stream())
                .filter(record -> record.offset() == place.offset())
                .findFirst();
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, int most) {
        List<TopicPartition> one = List.of(partition);
        long first = Math.max(from, consumer.beginningOffsets(one).getOrDefault(partition, 0L));
        long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        if (first >= end) {
            return found;
        }
        consumer.assign(one);
        consumer.seek(partition, first);
        long until = System.nanoTime() + LONGEST.toNanos();
        while (found.size() < most && consumer.position(partition) < end) {
            if (System.nanoTime() - until > 0) {
                throw new KafkaException("the broker does not give its records");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (found.size() < most && record.offset() < end) {
                    found.add(record);
                }
            }
        }
        return found;
    }

    private DeadRecord dead(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        String event = text(record, EventHeader.ID);
        String reason = text(record, DeadLetters.REASON);
        return new DeadRecord(
                new DeadRecord.Place(record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                reason == null ? "unknown" : reason.substring(0, Math.min(reason.length(), LONGEST_REASON)),
                tenant(record),
                event != null && AN_ID.matcher(event).matches() ? event : null,
                AN_ID.matcher(key).matches() ? key : null,
                Math.max(0, record.serializedValueSize()),
                fields(record.value()));
    }

    private static @Nullable Tenant tenant(ConsumerRecord<byte[], byte[]> record) {
        String text = text(record, EventHeader.TENANT);
        try {
            return text == null ? null : Tenant.of(text);
        } catch (MalformedValueException e) {
            return null;
        }
    }

    private static @Nullable String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** The names at the top, as far as it can be read; nothing of their values. */
    private List<String> fields(byte @Nullable [] value) {
        List<String> names = new ArrayList<>();
        if (value == null) {
            return names;
        }
        try (JsonParser parser = json.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return names;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME && names.size() < MOST_FIELDS) {
                String name = parser.currentName();
                // A name that is no name of ours may be anything.
                if (name.length() <= LONGEST_FIELD && name.chars().allMatch(Character::isLetterOrDigit)) {
                    names.add(name);
                }
                parser.nextToken();
                parser.skipChildren();
            }
        } catch (IOException e) {
            // Up to here it was JSON.
        }
        return names;
    }
}
