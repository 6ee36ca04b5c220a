package org.postern.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.postern.events.MessageId;
import org.postern.events.codec.Topic;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailJudged;
import org.postern.events.mail.ScanVerdict;
import org.postern.testsupport.KafkaCluster;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.StoreFolder;

/**
 * The packaged service on three brokers, of which one at a time is killed while mails come in, in an order drawn from a seed.
 *
 * <p>{@code ./postern faults brokers} runs the long form of it: {@code -Dpostern.faults.mails}, {@code -Dpostern.faults.kills}
 * and {@code -Dpostern.faults.seed}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokersIT {
    private static final int MAILS = Integer.getInteger("postern.faults.mails", 40);
    private static final int KILLS = Integer.getInteger("postern.faults.kills", 1);
    private static final long SEED = Long.getLong("postern.faults.seed", 1);
    private static final int CLIENTS = 8;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final PostgresDatabase postgres = new PostgresDatabase();
    private final StoreFolder store = new StoreFolder();
    private final OidcProvider provider = new OidcProvider();
    private final Map<String, String> configuration = new HashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private KafkaCluster brokers;
    private Admin admin;
    private TestTopics topics;
    private ServiceProcess service;

    @BeforeAll
    void start() {
        brokers = KafkaCluster.start();
        for (var part : List.of(postgres, store, provider)) {
            configuration.putAll(part.start());
        }
        configuration.put("kafka.bootstrap.servers", brokers.bootstrap());
        admin = Admin.create(Map.of("bootstrap.servers", brokers.bootstrap()));
        topics = new TestTopics(brokers.bootstrap());
        service = ServiceProcess.start("brokers", configuration).ready();
    }

    @AfterAll
    void stop() throws InterruptedException {
        service.close();
        topics.close();
        admin.close();
        provider.stop();
        store.stop();
        postgres.stop();
        brokers.close();
    }

    @Test
    @Order(1)
    void every_topic_has_three_replicas_and_needs_two() throws Exception {
        List<String> names = names();
        assertThat(described(names)).allSatisfy((name, topic) -> assertThat(topic.partitions())
                .allSatisfy(partition -> assertThat(partition.replicas()).hasSize(KafkaCluster.BROKERS)));
        List<ConfigResource> wanted = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        assertThat(admin.describeConfigs(wanted).all().get()).allSatisfy((topic, config) -> assertThat(
                        config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value())
                .isEqualTo(Integer.toString(KafkaCluster.IN_SYNC)));
    }

    @Test
    @Order(2)
    void no_mail_is_lost_when_one_of_three_brokers_is_killed() throws Exception {
        Map<String, Future<MessageId>> handedIn = new HashMap<>();
        AtomicInteger accepted = new AtomicInteger();
        refused.set(0);
        Semaphore gate = new Semaphore(0);
        Random random = new Random(SEED);
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < MAILS; i++) {
                String sender = "broker-" + i + "@example.com";
                handedIn.put(sender, clients.submit(() -> {
                    gate.acquire();
                    MessageId id = submitUntilAccepted(sender);
                    accepted.incrementAndGet();
                    topics.tell(id, ScanVerdict.CLEAN, MailClass.HAM);
                    return id;
                }));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                int before = kill * MAILS / KILLS;
                int some = (kill + 1) * MAILS / KILLS - before;
                int moment = before + random.nextInt(some);
                gate.release(some);
                await().atMost(LONGEST).until(() -> accepted.get() >= moment);
                int victim = random.nextInt(KafkaCluster.BROKERS);
                brokers.kill(victim);
                System.out.printf("faults: killed broker %d after %d mails%n", victim, accepted.get());
                // The rest comes in while it is away.
                int until = before + some;
                await().atMost(LONGEST).until(() -> accepted.get() >= until);
                brokers.restart(victim);
                awaitEveryReplica();
            }
            for (Map.Entry<String, Future<MessageId>> mail : handedIn.entrySet()) {
                MessageId id = mail.getValue().get();
                await().atMost(LONGEST)
                        .untilAsserted(() -> assertThat(topics.told(Topic.MAIL_JUDGED, MailJudged.class, id))
                                .last()
                                .satisfies(judged -> {
                                    assertThat(judged.settled()).isTrue();
                                    assertThat(judged.recipients().getFirst().disposition())
                                            .isEqualTo(Disposition.DELIVER);
                                }));
                assertThat(topics.receivedFrom(mail.getKey())).contains(id);
            }
        }
        // What a broker took whose answer did not arrive was answered 503: it has no body, and came again under another
        // id.
        long bodiless = topics.records(Topic.MAIL_RECEIVED).count() - MAILS;
        System.out.printf(
                "faults: %d mails, %d kills of brokers, seed %d: 0 lost, %d tries refused, %d of them told all the same%n",
                MAILS, KILLS, SEED, refused.get(), bodiless);
        assertThat(bodiless).isLessThanOrEqualTo(refused.get());
    }

    @Test
    @Order(3)
    void what_one_broker_alone_has_is_lost_with_it_so_nobody_is_told_that_it_was_taken() throws Exception {
        String topic = "one-partition";
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) KafkaCluster.BROKERS)))
                .all()
                .get();
        awaitEveryReplica(List.of(topic));
        TopicPartition partition = new TopicPartition(topic, 0);
        int leader = leader(topic);
        List<Integer> others = IntStream.range(0, KafkaCluster.BROKERS)
                .filter(broker -> broker != leader)
                .boxed()
                .toList();
        try (KafkaProducer<String, String> careless = producer("1")) {
            tellAll(topic, "told to all");
            // It knows the leader by now: later it would ask whichever broker, and most of them hang.
            careless.send(new ProducerRecord<>(topic, "told to the leader")).get();
            for (int broker : others) {
                brokers.hang(broker);
            }
            // The first is sent to the others with the answer to what they have asked for already; the second is not.
            careless.send(new ProducerRecord<>(topic, "on its way")).get();
            careless.send(new ProducerRecord<>(topic, "acknowledged by one")).get();

            HttpResponse<String> answer = service.submit("<>", TestMails.plain("one broker alone"));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"broker-unavailable\"");
            brokers.kill(leader);
        } finally {
            for (int broker : others) {
                brokers.goOn(broker);
            }
        }

        await().atMost(LONGEST).until(() -> others.contains(leader(topic)));
        tellAll(topic, "told afterwards");
        assertThat(values(partition)).contains("told to all", "told afterwards").doesNotContain("acknowledged by one");
        assertThat(submitUntilAccepted("two-brokers@example.com")).isNotNull();
        brokers.restart(leader);
        awaitEveryReplica();
    }

    private KafkaProducer<String, String> producer(String acks) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers.bootstrap(), "acks", acks, "enable.idempotence", "false"),
                new StringSerializer(),
                new StringSerializer());
    }

    private void tellAll(String topic, String value) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> careful = producer("all")) {
            careful.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private MessageId submitUntilAccepted(String sender) {
        return await().atMost(LONGEST).until(() -> submit(sender), id -> id != null);
    }

    private @org.jspecify.annotations.Nullable MessageId submit(String sender) throws InterruptedException {
        try {
            HttpResponse<String> response = service.submit(sender, TestMails.plain(sender), "Idempotency-Key", sender);
            if (response.statusCode() == 202) {
                return ServiceProcess.id(response);
            }
            assertThat(response.statusCode()).isEqualTo(503);
            refused.incrementAndGet();
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names() {
        return List.of(Topic.values()).stream().map(Topic::topicName).toList();
    }

    private void awaitEveryReplica() {
        awaitEveryReplica(names());
    }

    private void awaitEveryReplica(List<String> names) {
        await().atMost(LONGEST).ignoreExceptions().until(() -> described(names).values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .allMatch(partition -> partition.isr().size() == KafkaCluster.BROKERS));
    }

    private Map<String, TopicDescription> described(List<String> names)
            throws ExecutionException, InterruptedException {
        return admin.describeTopics(names).allTopicNames().get();
    }

    private int leader(String topic) throws ExecutionException, InterruptedException {
        TopicPartitionInfo partition =
                described(List.of(topic)).get(topic).partitions().getFirst();
        return partition.leader() == null ? -1 : partition.leader().id();
    }

    private List<String> values(TopicPartition partition) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers.bootstrap()), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<String> values = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
