package org.postern.scan.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanVerdict;

/** The topics around the service, as message-service sees them. */
final class MailTopics implements AutoCloseable {
    private static final String GROUP = "scan-service";

    private final String brokers;
    private final EventCodec codec = new EventCodec("/test", Clock.systemUTC());
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<MessageId, ReceivedEvent<MailScanned>> facts = new HashMap<>();
    private final List<ReceivedEvent<MailScanned>> told = new ArrayList<>();
    private final Map<String, ConsumerRecord<String, byte[]>> dead = new HashMap<>();

    MailTopics(String brokers) {
        this.brokers = brokers;
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
        consumer.subscribe(List.of(Topic.MAIL_SCANNED.topicName(), Topic.MAIL_RECEIVED.deadLetters()));
    }

    /** Announces a mail. */
    MailReceived announce(ObjectReference object, TraceContext trace) throws Exception {
        Instant now = Instant.now();
        MailReceived mail = new MailReceived(
                MessageId.random(),
                Tenant.DEFAULT,
                object,
                new Envelope(EnvelopeSender.of("alice@example.org"), List.of(MailAddress.of("bob@example.org"))),
                Client.UNKNOWN,
                MailPath.REST,
                now,
                now.plusSeconds(25));
        announce(mail, trace);
        return mail;
    }

    /** Announces a mail as it was announced before. */
    void announce(MailReceived mail, TraceContext trace) throws Exception {
        EncodedEvent encoded = codec.encode(mail, trace);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                encoded.topic().topicName(), encoded.key(), encoded.json().getBytes(StandardCharsets.UTF_8));
        encoded.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(record).get();
    }

    /** Puts a record on the topic that is no event. */
    void announceRubbish(String key) throws Exception {
        byte[] rubbish = "{\"no\":\"mail\"}".getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(Topic.MAIL_RECEIVED.topicName(), key, rubbish))
                .get();
    }

    /** Waits for the fact about a mail. */
    ReceivedEvent<MailScanned> fact(MessageId id) {
        Awaitility.await("fact about " + id)
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .until(() -> isTold(id));
        return facts.get(id);
    }

    /** Waits for a fact about a mail that was scanned again, with this verdict. */
    MailScanned rescanned(MessageId id, ScanVerdict verdict) {
        return Awaitility.await("fact of a rescan of " + id)
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> {
                            read();
                            return facts.get(id).event();
                        },
                        fact -> fact.rescan() != null && fact.result().verdict() == verdict);
    }

    /** All facts of rescans until now, each as often as it was told. */
    List<ReceivedEvent<MailScanned>> rescans() throws UnreadableEventException {
        read();
        return told.stream().filter(fact -> fact.event().rescan() != null).toList();
    }

    /** Waits for so many facts about a mail, each as often as it was told. */
    List<ReceivedEvent<MailScanned>> facts(MessageId id, int number) {
        return Awaitility.await(number + " facts about " + id)
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> {
                            read();
                            return told.stream()
                                    .filter(fact -> fact.event().messageId().equals(id))
                                    .toList();
                        },
                        facts -> facts.size() >= number);
    }

    /** Whether the fact about a mail is told by now. */
    boolean isTold(MessageId id) throws UnreadableEventException {
        if (!facts.containsKey(id)) {
            read();
        }
        return facts.containsKey(id);
    }

    /** Waits for a dead letter. */
    ConsumerRecord<String, byte[]> deadLetter(String key) {
        return Awaitility.await("dead letter " + key)
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            read();
                            return dead.get(key);
                        },
                        letter -> letter != null);
    }

    /** How many records the service has not acknowledged. */
    long waiting() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            Map<TopicPartition, OffsetAndMetadata> acknowledged = admin.listConsumerGroupOffsets(GROUP)
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
            if (record.topic().equals(Topic.MAIL_RECEIVED.deadLetters())) {
                dead.put(record.key(), record);
                continue;
            }
            Map<String, String> headers = new HashMap<>();
            for (Header header : record.headers()) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
            ReceivedEvent<MailScanned> fact = codec.decode(MailScanned.class, headers, record.value());
            facts.put(fact.event().messageId(), fact);
            told.add(fact);
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
