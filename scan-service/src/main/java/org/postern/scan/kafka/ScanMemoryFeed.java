package org.postern.scan.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.Topic;
import org.postern.events.mail.MailEvent;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailScanned;
import org.postern.scan.config.RecallConfig;
import org.postern.scan.recall.ScanMemory;

/**
 * Fills the memory of scans from what was received and what was told, which are on Kafka: the way of a mail does not need
 * the database. Offsets are committed after the rows, and rows may be written again.
 */
@ApplicationScoped
public class ScanMemoryFeed implements FollowingThread.Follower {
    static final String GROUP = "scan-service-memory";

    private static final Duration POLL = Duration.ofSeconds(2);
    private static final int AT_ONCE = 500;

    // Nobody waits for the memory to the second: what comes within a moment is fetched, written and committed together.
    private static final int TOGETHER_BYTES = 1 << 20;
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private final Map<String, Object> kafka;
    private final RecallConfig config;
    private final ScanMemory memory;
    private @Nullable FollowingThread thread;

    ScanMemoryFeed(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, RecallConfig config, ScanMemory memory) {
        this.kafka = Map.copyOf(kafka);
        this.config = config;
        this.memory = memory;
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            thread = FollowingThread.start("scan memory", this);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (thread != null) {
            thread.stop();
        }
    }

    @Override
    public Consumer<byte[], byte[]> open() {
        Consumer<byte[], byte[]> consumer = MailConsumer.of(
                kafka,
                GROUP,
                Map.of(
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        AT_ONCE,
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                        TOGETHER_BYTES,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        Math.toIntExact(TOGETHER.toMillis())));
        consumer.subscribe(List.of(Topic.MAIL_RECEIVED.topicName(), Topic.MAIL_SCANNED.topicName()));
        return consumer;
    }

    @Override
    public void step(Consumer<byte[], byte[]> consumer) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (records.isEmpty()) {
            return;
        }
        List<MailEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Class<? extends MailEvent> type =
                    record.topic().equals(Topic.MAIL_RECEIVED.topicName()) ? MailReceived.class : MailScanned.class;
            MailConsumer.read(type, record).map(ReceivedEvent::event).ifPresent(events::add);
        }
        memory.note(events, Clock.systemUTC().instant());
        consumer.commitSync();
    }
}
