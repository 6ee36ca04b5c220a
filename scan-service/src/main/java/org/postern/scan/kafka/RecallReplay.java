package org.postern.scan.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.postern.engine.Pause;
import org.postern.events.codec.Topic;
import org.postern.scan.config.RecallConfig;
import org.postern.scan.recall.RecallRun;
import org.postern.scan.recall.RecallRuns;
import org.postern.scan.recall.Rescanned;
import org.postern.scan.recall.Tally;

/**
 * Replays {@code mail.received.v1} for the newest run, from the time where it begins: a group of its own, whose places are
 * with the run in the database and not on Kafka, so that each run has its own and a restart goes on from them. Replicas
 * share the partitions. What is done with a record is {@link RescanRecords}.
 */
@ApplicationScoped
public class RecallReplay implements FollowingThread.Follower {
    static final String GROUP = "scan-service-recall";

    private static final String TOPIC = Topic.MAIL_RECEIVED.topicName();
    private static final Duration POLL = Duration.ofMillis(500);
    /** How soon a run is noticed that another replica has begun: until then nothing is fetched. */
    private static final Duration BEFORE_LOOK = Duration.ofSeconds(2);

    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);
    private static final Duration BEFORE_SAME = Duration.ofSeconds(1);
    /** Records in hand: what is lost of the work when this replica is killed. */
    private static final int AT_ONCE = 32;
    /** Above what so many records take where each of them fails as often and as slowly as it may. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(20);

    private final Map<String, Object> kafka;
    private final RecallConfig config;
    private final RecallRuns runs;
    private final RescanRecords rescanRecords;
    private final Pause pause;
    private final Clock clock = Clock.systemUTC();
    // Of the following thread alone.
    private final Map<Integer, Place> places = new HashMap<>();
    private @Nullable RecallRun inHand;
    private @Nullable FollowingThread thread;

    RecallReplay(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            RecallConfig config,
            RecallRuns runs,
            RescanRecords rescanRecords,
            Pause pause) {
        this.kafka = Map.copyOf(kafka);
        this.config = config;
        this.runs = runs;
        this.rescanRecords = rescanRecords;
        this.pause = pause;
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            thread = FollowingThread.start("recall", this);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        rescanRecords.stop();
        if (thread != null) {
            thread.stop();
        }
    }

    @Override
    public Consumer<byte[], byte[]> open() {
        places.clear();
        inHand = null;
        Consumer<byte[], byte[]> consumer = MailConsumer.of(
                kafka,
                GROUP,
                Map.of(
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        AT_ONCE,
                        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                        Math.toIntExact(LONGEST_STEP.toMillis())));
        consumer.subscribe(List.of(TOPIC), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> given) {
                // Until it is known from where to read.
                consumer.pause(given);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> taken) {
                taken.forEach(partition -> places.remove(partition.partition()));
            }
        });
        return consumer;
    }

    @Override
    public void step(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        Optional<RecallRun> newest = runs.newest();
        if (newest.isEmpty() || newest.get().hasEnded()) {
            consumer.pause(consumer.assignment());
            consumer.poll(BEFORE_LOOK);
            return;
        }
        RecallRun run = newest.get();
        if (inHand == null || inHand.id() != run.id()) {
            places.clear();
            inHand = run;
        }
        consumer.assignment().forEach(partition -> place(consumer, run, partition));
        handle(consumer, run, consumer.poll(POLL));
    }

    /** Finds out where to read a partition from and up to, and ends it where that is done. */
    private void place(Consumer<byte[], byte[]> consumer, RecallRun run, TopicPartition partition) {
        Place place = places.get(partition.partition());
        if (place == null) {
            place = Place.of(runs.point(run, partition.partition())
                    .orElseGet(() -> runs.begin(
                            run,
                            partition.partition(),
                            offsetAt(consumer, partition, run.since()),
                            endOf(consumer, partition))));
            consumer.seek(partition, place.next);
            places.put(partition.partition(), place);
        }
        if (!place.ended) {
            boolean settled = clock.instant().isAfter(run.until());
            if (!place.endIsFinal) {
                place.end = settled ? offsetAt(consumer, partition, run.until()) : endOf(consumer, partition);
                place.endIsFinal = settled;
            }
            if (settled && place.next >= place.end) {
                int partitions = consumer.partitionsFor(TOPIC, LONGEST_CALL).size();
                runs.end(run, partition.partition(), partitions, clock.instant());
                place.ended = true;
            }
        }
        if (place.ended || place.next >= place.end) {
            consumer.pause(List.of(partition));
        } else {
            consumer.resume(List.of(partition));
        }
    }

    /** The offset of the first record from then on; the end where there is none. */
    private static long offsetAt(Consumer<byte[], byte[]> consumer, TopicPartition partition, Instant time) {
        OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli()), LONGEST_CALL)
                .get(partition);
        return found == null ? endOf(consumer, partition) : found.offset();
    }

    private static long endOf(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        Long end = consumer.endOffsets(List.of(partition), LONGEST_CALL).get(partition);
        return end == null ? 0 : end;
    }

    private void handle(Consumer<byte[], byte[]> consumer, RecallRun run, ConsumerRecords<byte[], byte[]> records)
            throws InterruptedException {
        Map<TopicPartition, List<Future<Rescanned>>> work = rescanRecords.begin(run, records);
        boolean stuck = false;
        for (Map.Entry<TopicPartition, List<Future<Rescanned>>> one : work.entrySet()) {
            stuck |= !advance(consumer, run, one.getKey(), records.records(one.getKey()), one.getValue());
        }
        if (stuck) {
            pause.pause(BEFORE_SAME);
        }
    }

    /** Notes how far a partition is; false where a record has to be waited with, and those after it. */
    private boolean advance(
            Consumer<byte[], byte[]> consumer,
            RecallRun run,
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records,
            List<Future<Rescanned>> work)
            throws InterruptedException {
        Tally tally = Tally.NONE;
        Place place = places.getOrDefault(partition.partition(), new Place(0));
        boolean whole = true;
        for (int i = 0; i < work.size(); i++) {
            Rescanned came = RescanRecords.result(work.get(i));
            // Those after one that waits come again with it, and are known then.
            whole &= !(came instanceof Rescanned.NotNow);
            if (whole) {
                tally = tally.with(came);
                place.next = records.get(i).offset() + 1;
            }
        }
        runs.advance(run, partition.partition(), place.next, place.end, tally);
        if (!whole) {
            consumer.seek(partition, place.next);
        }
        return whole;
    }

    /** Where a partition is. */
    private static final class Place {
        private long next;
        private long end;
        private boolean endIsFinal;
        private boolean ended;

        Place(long next) {
            this.next = next;
        }

        static Place of(RecallRuns.Point point) {
            Place place = new Place(point.next());
            place.end = point.end();
            place.ended = point.ended();
            return place;
        }
    }
}
