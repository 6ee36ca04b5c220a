package org.postern.message.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.postern.events.codec.Topic;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.outlet.Outlet;
import org.postern.message.outlet.OutletUnavailableException;
import org.postern.message.outlet.ToldEvent;

/**
 * Follows topics and gives what is told to an outlet, many at once. An offset is committed when the outlet has what was
 * before it: an outlet that is away is waited for, and Kafka keeps what comes meanwhile. A consumer of its own and not a
 * channel, which would handle each record alone.
 */
public final class EventTail implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventTail.class);
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final int AT_ONCE = 500;
    private static final int TOGETHER_BYTES = 1 << 20;
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private final String group;
    private final Consumer<String, byte[]> consumer;
    private final Set<Topic> topics;
    private final Outlet outlet;
    private final Thread thread;
    private volatile boolean stopped;

    private EventTail(String group, Consumer<String, byte[]> consumer, Set<Topic> topics, Outlet outlet) {
        this.group = group;
        this.consumer = consumer;
        this.topics = Set.copyOf(topics);
        this.outlet = outlet;
        this.thread = Thread.ofPlatform().name(group).daemon().unstarted(this::follow);
    }

    /** Where a group begins that is new. */
    public enum Beginning {
        /** With what there is. */
        OLDEST("earliest"),
        /** An hour back. */
        LATELY("by_duration:PT1H");

        private final String reset;

        Beginning(String reset) {
            this.reset = reset;
        }
    }

    /**
     * Begins to follow.
     *
     * @param broker the configuration of the broker
     * @param group the consumer group, one for each outlet
     */
    public static EventTail start(
            Map<String, Object> broker, String group, Set<Topic> topics, Beginning beginning, Outlet outlet) {
        Map<String, Object> ours = new HashMap<>(broker);
        ours.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        ours.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
        ours.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        ours.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, beginning.reset);
        ours.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, AT_ONCE);
        // Nobody waits for an outlet to the millisecond: what comes within a moment is taken, and committed, together.
        ours.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, TOGETHER_BYTES);
        ours.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) TOGETHER.toMillis());
        // Topics that are made after us are noticed soon.
        ours.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 15_000);
        ours.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        EventTail tail = new EventTail(
                group,
                new KafkaConsumer<>(ours, new StringDeserializer(), new ByteArrayDeserializer()),
                topics,
                outlet);
        tail.thread.start();
        return tail;
    }

    private void follow() {
        Duration pause = SHORTEST_PAUSE;
        try (consumer) {
            consumer.subscribe(pattern(topics));
            while (!stopped) {
                ConsumerRecords<String, byte[]> records = ConsumerRecords.empty();
                try {
                    records = consumer.poll(POLL);
                    if (!records.isEmpty()) {
                        if (outlet.isWanted(newest(records))) {
                            outlet.take(events(records));
                        }
                        consumer.commitSync();
                    }
                    pause = SHORTEST_PAUSE;
                } catch (WakeupException e) {
                    // It is to stop.
                } catch (OutletUnavailableException | LedgerUnavailableException | KafkaException e) {
                    LOG.warnf("%s waits: %s", group, reason(e));
                    seekBack(records);
                    pause = rest(pause);
                } catch (RuntimeException e) {
                    // Given up on nothing: what it says may be lost to nobody. Somebody has to see this.
                    LOG.errorf(e, "%s cannot go on", group);
                    seekBack(records);
                    pause = rest(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s has ended", group);
        }
    }

    /**
     * The topics and no others. As a pattern, for some are made when something happens for the first time: of a topic that it
     * was told by name and that is not there a consumer asks every second.
     */
    private static Pattern pattern(Set<Topic> topics) {
        return Pattern.compile(
                topics.stream().map(Topic::topicName).map(Pattern::quote).collect(Collectors.joining("|")));
    }

    private static Instant newest(ConsumerRecords<String, byte[]> records) {
        long newest = 0;
        for (ConsumerRecord<String, byte[]> record : records) {
            newest = Math.max(newest, record.timestamp());
        }
        return Instant.ofEpochMilli(newest);
    }

    private static List<ToldEvent> events(ConsumerRecords<String, byte[]> records) {
        List<ToldEvent> events = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> record : records) {
            Optional<ToldEvent> event = CloudEventDocument.of(record);
            if (event.isEmpty()) {
                LOG.warnf("a record of %s is no event and is passed over", record.topic());
            }
            event.ifPresent(events::add);
        }
        return events;
    }

    private void seekBack(ConsumerRecords<String, byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            // One that another replica has by now comes to that one.
            if (consumer.assignment().contains(partition)) {
                consumer.seek(partition, records.records(partition).getFirst().offset());
            }
        }
    }

    private static String reason(Exception e) {
        return e instanceof OutletUnavailableException
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName();
    }

    private static Duration rest(Duration pause) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /** Stops, and lets the other replicas have its partitions. */
    @Override
    public void close() {
        stopped = true;
        consumer.wakeup();
        try {
            thread.join(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
