package org.postern.edge.revocation.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.revocation.Revocations;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.Topic;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.identity.IdentityRevoked;

/**
 * Reads {@code identity.revoked.v1} from its beginning and goes on listening, without a group: every replica hears of
 * everything. On where {@code postern.identity.revocations.enabled} is true. Whoever asks {@link #isCurrent()} learns
 * whether everything that was on Kafka a short while ago has been read.
 */
@ApplicationScoped
public class RevocationFeed {
    private static final Logger LOG = Logger.getLogger(RevocationFeed.class);
    private static final String TOPIC = Topic.IDENTITY_REVOKED.topicName();
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(3);
    /** Without word from Kafka for so long, this replica may have missed something. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final Map<String, Object> kafka;
    private final boolean enabled;
    private final Revocations revocations;
    private final EventCodec codec = new EventCodec("/", Clock.systemUTC());

    private volatile boolean stopped;
    private volatile long currentAt;
    private volatile boolean wasCurrent;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private @Nullable Thread thread;

    RevocationFeed(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "postern.identity.revocations.enabled", defaultValue = "false") boolean enabled,
            Revocations revocations) {
        this.kafka = Map.copyOf(kafka);
        this.enabled = enabled;
        this.revocations = revocations;
    }

    /** Whether revocations are looked at at all. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Whether everything revoked has been read once since the start: before that no token can be said to be good. */
    public boolean hasBeenCurrent() {
        return !enabled || wasCurrent;
    }

    /** Whether everything revoked until half a minute ago has been read. */
    public boolean isCurrent() {
        return !enabled || wasCurrent && System.nanoTime() - currentAt < LONGEST_SILENCE.toNanos();
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            thread = Thread.ofPlatform().name("revocations").daemon().start(this::run);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        Consumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        if (thread != null) {
            thread.join(LONGEST_CALL);
        }
    }

    private void run() {
        while (!stopped) {
            try {
                RevocationTopic.ensure(kafka);
                follow();
            } catch (WakeupException e) {
                LOG.debug("woken up to stop");
            } catch (KafkaException e) {
                LOG.warnf("revocations cannot be read now: %s", e.getClass().getSimpleName());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            stopped = true;
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (Consumer<byte[], byte[]> reading = new KafkaConsumer<>(RevocationTopic.consumer(kafka))) {
            consumer = reading;
            List<TopicPartition> partitions = reading.partitionsFor(TOPIC, LONGEST_CALL).stream()
                    .map(info -> new TopicPartition(TOPIC, info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                // The topic is made already and this broker does not know it yet.
                throw new UnknownTopicOrPartitionException();
            }
            reading.assign(partitions);
            reading.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reading.endOffsets(partitions, LONGEST_CALL);
            long asked = System.nanoTime();
            while (!stopped) {
                take(reading.poll(POLL));
                if (hasReached(reading, ends)) {
                    current(asked);
                    if (System.nanoTime() - asked > BETWEEN_CHECKS.toNanos()) {
                        revocations.forgetExpired();
                        asked = System.nanoTime();
                        ends = reading.endOffsets(partitions, LONGEST_CALL);
                    }
                }
            }
        } finally {
            consumer = null;
        }
    }

    private void current(long asked) {
        currentAt = asked;
        if (!wasCurrent) {
            wasCurrent = true;
            LOG.infof("%d revocations are known", revocations.size());
        }
    }

    private static boolean hasReached(Consumer<?, ?> reading, Map<TopicPartition, Long> ends) {
        Set<Map.Entry<TopicPartition, Long>> all = ends.entrySet();
        return all.stream().allMatch(end -> reading.position(end.getKey(), LONGEST_CALL) >= end.getValue());
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null) {
                continue;
            }
            try {
                revocations.add(codec.decode(IdentityRevoked.class, texts(record), record.value())
                        .event());
            } catch (UnreadableEventException e) {
                // Nothing that can be acted on, and no reason to stop hearing the others.
                LOG.errorf(
                        "a revocation at offset %d cannot be read: %s",
                        record.offset(), e.getClass().getSimpleName());
            }
        }
    }

    private static Map<String, String> texts(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> texts = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }
}
