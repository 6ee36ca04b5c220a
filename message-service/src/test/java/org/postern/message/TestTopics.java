package org.postern.message;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.postern.events.Event;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.EventJson;
import org.postern.events.codec.Topic;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.SenderAuthentication;

/** The other services, as far as this one sees them: it tells facts and reads what was told. */
public final class TestTopics implements AutoCloseable {
    /** The key of what {@link #tellGarbage} puts on a topic. */
    public static final String GARBAGE = "garbage";

    private static final Duration MOMENT = Duration.ofMillis(300);
    private static final EngineVersion ENGINE = EngineVersion.named("test");
    private static final Duration TOOK = Duration.ofMillis(12);

    private final EventCodec codec = new EventCodec("/test", Clock.systemUTC());
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;
    private final List<ConsumerRecord<String, String>> read = new CopyOnWriteArrayList<>();

    public TestTopics(String bootstrap) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "group.id",
                        "test-" + UUID.randomUUID(),
                        "enable.auto.commit",
                        "false",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        create(bootstrap);
        for (Topic topic : Topic.values()) {
            for (int i = 0; i < Topic.PARTITIONS; i++) {
                partitions.add(new TopicPartition(topic.topicName(), i));
            }
        }
        partitions.add(new TopicPartition(Topic.MAIL_SCANNED.deadLetters(), 0));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private static void create(String bootstrap) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            List<NewTopic> wanted = new ArrayList<>(List.of(topic(Topic.MAIL_SCANNED.deadLetters(), 1)));
            for (Topic topic : Topic.values()) {
                wanted.add(topic(topic.topicName(), Topic.PARTITIONS));
            }
            // The service makes them too.
            for (KafkaFuture<Void> created : admin.createTopics(wanted).values().values()) {
                try {
                    created.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new AssertionError(e);
                    }
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** With as many replicas as the broker gives a topic. */
    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty());
    }

    /** Tells a fact. */
    public void tell(Event event) {
        EncodedEvent encoded = codec.encode(event, TraceContext.start());
        ProducerRecord<String, String> record =
                new ProducerRecord<>(encoded.topic().topicName(), encoded.key(), encoded.json());
        encoded.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(record);
        producer.flush();
    }

    /** Tells what both services find at their first attempt. */
    public void tell(MessageId id, ScanVerdict verdict, MailClass mailClass) {
        tell(scanned(id, 1, verdict));
        tell(assessed(id, 1, mailClass));
    }

    /** Puts on a topic what does not belong there. */
    public void tellGarbage(Topic topic) {
        producer.send(new ProducerRecord<>(topic.topicName(), GARBAGE, "{\"garbage\""));
        producer.flush();
    }

    /** The dead letters of a topic so far. */
    public synchronized List<ConsumerRecord<String, String>> deadLetters(Topic topic) {
        readToTheEnd();
        return read.stream()
                .filter(record -> record.topic().equals(topic.deadLetters()))
                .toList();
    }

    /** Every event of the topic about the message so far, the oldest first. */
    public synchronized <E extends Event> List<E> told(Topic topic, Class<E> type, MessageId id) {
        return records(topic)
                .filter(record -> id.toString().equals(record.key()))
                .map(record -> {
                    try {
                        return EventJson.mapper().readValue(record.value(), type);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    /** The messages that were taken in from that envelope sender so far, the oldest first. */
    public List<MessageId> receivedFrom(String sender) {
        return records(Topic.MAIL_RECEIVED)
                .filter(record -> record.value().contains("\"" + sender + "\""))
                .map(record -> MessageId.of(record.key()))
                .toList();
    }

    /** The first message from that envelope sender, which is waited for. */
    public MessageId awaitReceivedFrom(String sender) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> receivedFrom(sender), ids -> !ids.isEmpty())
                .getFirst();
    }

    /** What was answered about the message so far. */
    public List<MailHandedOver> handedOver(MessageId id) {
        return told(Topic.MAIL_HANDED_OVER, MailHandedOver.class, id);
    }

    /** Sees that nothing is told to have been answered about the message, and that it stays so for a moment. */
    public void staysUnanswered(MessageId id) {
        await().during(MOMENT).atMost(Duration.ofSeconds(10)).until(() -> handedOver(id)
                .isEmpty());
    }

    /** Every record of the topic so far. */
    public synchronized Stream<ConsumerRecord<String, String>> records(Topic topic) {
        readToTheEnd();
        return read.stream().filter(record -> record.topic().equals(topic.topicName()));
    }

    /** Everything that is there by now, and no longer than that takes. */
    private void readToTheEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(200)).forEach(read::add);
        }
    }

    public static MailScanned scanned(MessageId id, int attempt, ScanVerdict verdict) {
        ScanResult result = verdict == ScanVerdict.INCONCLUSIVE
                ? ScanResult.inconclusive(InconclusiveCause.ENGINE_DOWN, ENGINE, TOOK)
                : new ScanResult(verdict, null, null, List.of(), ENGINE, TOOK);
        return new MailScanned(id, Tenant.DEFAULT, attempt, result, Instant.now());
    }

    public static MailAssessed assessed(MessageId id, int attempt, MailClass mailClass) {
        return new MailAssessed(id, Tenant.DEFAULT, attempt, assessment(mailClass, null), Instant.now());
    }

    public static AssessmentResult assessment(
            MailClass mailClass, @org.jspecify.annotations.Nullable SenderAuthentication authentication) {
        if (mailClass == MailClass.INCONCLUSIVE) {
            return AssessmentResult.inconclusive(InconclusiveCause.ENGINE_DOWN, ENGINE, TOOK);
        }
        SenderAuthentication passing = new SenderAuthentication(
                AuthenticationResult.PASS, List.of(), AuthenticationResult.PASS, "none", AuthenticationResult.NONE);
        return new AssessmentResult(
                mailClass,
                null,
                1.5,
                15,
                authentication == null ? passing : authentication,
                List.of(),
                List.of(),
                ENGINE,
                TOOK);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
