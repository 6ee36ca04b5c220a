package org.postern.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The way of a mail through the topics, with nothing done on it: as many records, producers and consumers as the suite has for a
 * mail, by the plain clients, all in this process. No store, no database, no engine, no JSON. What remains is the least that any
 * suite of services that talk over this broker can cost.
 */
final class BareTopics implements Target, AutoCloseable {
    private static final int PARTITIONS = 6;
    private static final byte[] EVENT = new byte[1000];
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LONGEST_SECONDS = 30;

    private final String prefix = "bench." + UUID.randomUUID() + '.';
    private final String broker;
    private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
    private final Map<String, Boolean> half = new ConcurrentHashMap<>();
    private final List<KafkaConsumer<String, byte[]>> consumers = new ArrayList<>();
    private final List<KafkaProducer<String, byte[]>> producers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final KafkaProducer<String, byte[]> message;

    private BareTopics(String broker) {
        this.broker = broker;
        this.message = producer();
    }

    /** @param port of the broker, on the loopback address */
    static BareTopics open(int port) throws Exception {
        BareTopics topics = new BareTopics("127.0.0.1:" + port);
        topics.begin();
        return topics;
    }

    private void begin() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            admin.createTopics(names().map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        KafkaProducer<String, byte[]> scan = producer();
        KafkaProducer<String, byte[]> spam = producer();
        KafkaProducer<String, byte[]> render = producer();
        CountDownLatch assigned = new CountDownLatch(6);
        consume(assigned, "scan", 1, 2_000, told -> send(scan, "scanned", told), "received");
        consume(assigned, "spam", 1, 2_000, told -> send(spam, "assessed", told), "received");
        consume(assigned, "message", 1, 2_000, this::collect, "received", "scanned", "assessed", "rendered");
        consume(assigned, "waiting", 1, 2_000, this::answer, "judged");
        consume(assigned, "render", 32_768, 500, told -> send(render, "rendered", told), "handed-over");
        consume(assigned, "push", 32_768, 500, told -> {}, "handed-over");
        if (!assigned.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the consumers got no partitions");
        }
    }

    @Override
    public String name() {
        return "topics";
    }

    @Override
    public String decide(byte[] mail) throws Exception {
        String id = UUID.randomUUID().toString();
        CompletableFuture<String> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        message.send(new ProducerRecord<>(prefix + "received", id, EVENT)).get();
        String decided = answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        message.send(new ProducerRecord<>(prefix + "handed-over", id, EVENT)).get();
        return decided;
    }

    /** Two facts make a judgement. */
    private void collect(ConsumerRecord<String, byte[]> told) {
        boolean fact = told.topic().endsWith("scanned") || told.topic().endsWith("assessed");
        if (fact && half.remove(told.key()) != null) {
            send(message, "judged", told);
        } else if (fact) {
            half.put(told.key(), true);
        }
    }

    private void answer(ConsumerRecord<String, byte[]> told) {
        CompletableFuture<String> answer = waiting.remove(told.key());
        if (answer != null) {
            answer.complete("told");
        }
    }

    private void send(KafkaProducer<String, byte[]> producer, String topic, ConsumerRecord<String, byte[]> told) {
        producer.send(new ProducerRecord<>(prefix + topic, told.key(), told.value()));
    }

    private Stream<String> names() {
        return Stream.of("received", "scanned", "assessed", "judged", "handed-over", "rendered")
                .map(name -> prefix + name);
    }

    private KafkaProducer<String, byte[]> producer() {
        KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new StringSerializer(),
                new ByteArraySerializer());
        producers.add(producer);
        return producer;
    }

    private void consume(
            CountDownLatch assigned,
            String group,
            int least,
            int longest,
            Consumer<ConsumerRecord<String, byte[]>> handler,
            String... topics) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker,
                        ConsumerConfig.GROUP_ID_CONFIG, prefix + group,
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG, least,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, longest,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumers.add(consumer);
        consumer.subscribe(Stream.of(topics).map(name -> prefix + name).toList(), new Counted(assigned));
        Thread thread = Thread.ofPlatform().name(group).start(() -> {
            try (consumer) {
                while (true) {
                    consumer.poll(POLL).forEach(handler);
                }
            } catch (WakeupException e) {
                // The run is over.
            }
        });
        threads.add(thread);
    }

    private record Counted(CountDownLatch assigned) implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            assigned.countDown();
        }
    }

    @Override
    public void close() throws Exception {
        consumers.forEach(KafkaConsumer::wakeup);
        for (Thread thread : threads) {
            thread.join();
        }
        producers.forEach(KafkaProducer::close);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            admin.deleteTopics(names().toList()).all().get();
        }
    }
}
