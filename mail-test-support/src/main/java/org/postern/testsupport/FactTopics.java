package org.postern.testsupport;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.Topic;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.MailEvent;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;

/**
 * The topics around a service that tells a fact about each mail that came in, as those see them that announce mails and wait
 * for what is told.
 */
public final class FactTopics<F extends MailEvent> implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String brokers;
    private final String group;
    private final Class<F> type;
    private final Topic facts;
    private final EventCodec codec = new EventCodec("/test", Clock.systemUTC());
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ReceivedEvent<F>> told = new ArrayList<>();
    private final Map<String, ConsumerRecord<String, byte[]>> dead = new HashMap<>();

    /**
     * @param group of the service, as the broker knows it
     * @param facts where it tells its facts
     * @param consumed what it reads, and sets aside where it cannot
     */
    public FactTopics(String brokers, String group, Class<F> type, Topic facts, Topic... consumed) {
        this.brokers = brokers;
        this.group = group;
        this.type = type;
        this.facts = facts;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "acks", "all"), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "group.id",
                        "test-" + MessageId.random(),
                        "auto.offset.reset",
                        "earliest",
                        "metadata.max.age.ms",
                        "500"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(Stream.concat(
                        Stream.of(facts.topicName()), Arrays.stream(consumed).map(Topic::deadLetters))
                .toList());
    }

    /** Announces a mail. */
    public MailReceived announce(ObjectReference object, TraceContext trace) throws Exception {
        Instant now = Instant.now();
        MailReceived mail = new MailReceived(
                MessageId.random(),
                Tenant.DEFAULT,
                object,
                new Envelope(EnvelopeSender.of("alice@example.org"), List.of(MailAddress.of("bob@example.org"))),
                new Client("192.0.2.1", "mail.example.org", null),
                MailPath.REST,
                now,
                now.plusSeconds(25));
        tell(mail, trace);
        return mail;
    }

    /** Tells an event, returning when the broker has it. */
    public void tell(MailEvent event, TraceContext trace) throws Exception {
        EncodedEvent encoded = codec.encode(event, trace);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                encoded.topic().topicName(), encoded.key(), encoded.json().getBytes(StandardCharsets.UTF_8));
        encoded.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(record).get();
    }

    /** Puts a record on a topic that is no event. */
    public void announceRubbish(Topic topic, String key) throws Exception {
        byte[] rubbish = "{\"no\":\"mail\"}".getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic.topicName(), key, rubbish)).get();
    }

    /** Waits for a fact about a mail; the last one, where there are several by now. */
    public ReceivedEvent<F> fact(MessageId id) {
        return facts(id, 1).getLast();
    }

    /** Waits until the last fact about a mail is such a one. */
    public F fact(MessageId id, Predicate<F> wanted) {
        return Awaitility.await("a fact of that kind about " + id)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(
                        () -> {
                            read();
                            return about(id).stream()
                                    .map(ReceivedEvent::event)
                                    .reduce((earlier, later) -> later)
                                    .filter(wanted);
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Waits for so many facts about a mail, each as often as it was told. */
    public List<ReceivedEvent<F>> facts(MessageId id, int number) {
        return Awaitility.await(number + " facts about " + id)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(() -> toldOf(id, number), about -> about.size() >= number);
    }

    /** Whether a fact about a mail is told by now. */
    public boolean isTold(MessageId id) throws UnreadableEventException {
        return !toldOf(id, 1).isEmpty();
    }

    /** All facts until now, each as often as it was told. */
    public List<ReceivedEvent<F>> told() throws UnreadableEventException {
        read();
        return List.copyOf(told);
    }

    private List<ReceivedEvent<F>> toldOf(MessageId id, int enough) throws UnreadableEventException {
        List<ReceivedEvent<F>> known = about(id);
        if (known.size() >= enough) {
            return known;
        }
        read();
        return about(id);
    }

    private List<ReceivedEvent<F>> about(MessageId id) {
        return told.stream().filter(fact -> fact.event().messageId().equals(id)).toList();
    }

    /** Waits for a dead letter. */
    public ConsumerRecord<String, byte[]> deadLetter(String key) {
        return Awaitility.await("dead letter " + key)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(
                        () -> {
                            read();
                            return Optional.ofNullable(dead.get(key));
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    /** How many mails the service has not acknowledged. */
    public long waiting() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            Map<TopicPartition, OffsetAndMetadata> acknowledged = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            List<TopicPartition> partitions = producer.partitionsFor(Topic.MAIL_RECEIVED.topicName()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            long waiting = 0;
            for (Map.Entry<TopicPartition, Long> end :
                    consumer.endOffsets(partitions).entrySet()) {
                OffsetAndMetadata offset = acknowledged.get(end.getKey());
                waiting += end.getValue() - (offset == null ? 0 : offset.offset());
            }
            return waiting;
        }
    }

    private void read() throws UnreadableEventException {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            if (!record.topic().equals(facts.topicName())) {
                dead.put(record.key(), record);
                continue;
            }
            Map<String, String> headers = new HashMap<>();
            for (Header header : record.headers()) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
            told.add(codec.decode(type, headers, record.value()));
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
