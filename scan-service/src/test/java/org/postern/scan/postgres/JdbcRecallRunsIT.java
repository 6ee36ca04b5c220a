package org.postern.scan.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postern.database.Transactions;
import org.postern.scan.Signatures;
import org.postern.scan.recall.MemoryAwayException;
import org.postern.scan.recall.Progress;
import org.postern.scan.recall.RecallRun;
import org.postern.scan.recall.RecallRuns;
import org.postern.scan.recall.Tally;

class JdbcRecallRunsIT {
    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(72);
    private static final Duration SETTLING = Duration.ofSeconds(20);

    private final RecallRuns runs = new JdbcRecallRuns(RecallDatabase.empty());

    @Test
    void scansNothingAgainForTheFirstSignaturesItSees() {
        assertThat(begin("27500", NOW)).isEmpty();

        assertThat(runs.newest()).get().matches(RecallRun::hasEnded);
    }

    @Test
    void beginsARunForNewerSignatures() {
        begin("27500", NOW);

        RecallRun run = begin("27501", NOW).orElseThrow();

        assertThat(run.hasEnded()).isFalse();
        assertThat(run.since()).isEqualTo(NOW.minus(WINDOW));
        assertThat(run.until()).isEqualTo(NOW.plus(SETTLING));
        assertThat(runs.newest()).contains(run);
    }

    @Test
    void beginsNoneForOlderOnesOrTheSame() {
        begin("27500", NOW);
        begin("27501", NOW);

        assertThat(begin("27501", NOW)).isEmpty();
        assertThat(begin("27500", NOW)).isEmpty();
    }

    @Test
    void numbersAttemptsRisingAlsoWithinAMinuteAndAfterTheSchemaWasLost() {
        begin("27500", NOW);
        RecallRun first = begin("27501", NOW).orElseThrow();
        RecallRun second = begin("27502", NOW).orElseThrow();
        assertThat(second.attempt()).isGreaterThan(first.attempt());

        RecallDatabase.empty();
        Instant later = NOW.plus(Duration.ofHours(1));
        begin("27502", later);
        assertThat(begin("27503", later).orElseThrow().attempt()).isGreaterThan(second.attempt());
    }

    @Test
    void beginsOneRunWhereSeveralReplicasSeeTheSameAtOnce() throws Exception {
        begin("27500", NOW);
        Callable<Optional<RecallRun>> look = () -> begin("27501", NOW);

        try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            long begun = replicas.invokeAll(Stream.generate(() -> look).limit(8).toList()).stream()
                    .filter(done -> done.resultNow().isPresent())
                    .count();
            assertThat(begun).isOne();
        }
    }

    @Test
    void goesOnWhereItWas() {
        RecallRun run = running();
        runs.begin(run, 3, 100, 200);
        runs.advance(run, 3, 140, 210, new Tally(40, 1, 0, 0, 0, 0));

        // Another replica, or this one after a restart: where it would begin does not matter.
        assertThat(runs.begin(run, 3, 100, 210)).isEqualTo(new RecallRuns.Point(140, 210, false));
    }

    @Test
    void countsNothingTwice() {
        RecallRun run = running();
        runs.begin(run, 0, 0, 10);
        runs.advance(run, 0, 5, 10, new Tally(5, 1, 1, 0, 0, 0));
        // From a replica that lost the partition meanwhile.
        runs.advance(run, 0, 5, 10, new Tally(5, 1, 1, 0, 0, 0));

        assertThat(runs.progress()).contains(new Progress(run, 5, new Tally(5, 1, 1, 0, 0, 0)));
    }

    @Test
    void endsWhenAllPartitionsHave() {
        RecallRun run = running();
        for (int partition : List.of(0, 1)) {
            runs.begin(run, partition, 0, 10);
            runs.advance(run, partition, 10, 10, new Tally(10, 0, 0, 0, 0, 0));
        }

        runs.end(run, 0, 2, NOW);
        assertThat(runs.newest()).get().matches(one -> !one.hasEnded());

        runs.end(run, 1, 2, NOW);
        assertThat(runs.newest()).get().matches(RecallRun::hasEnded);
        assertThat(runs.progress().orElseThrow().left()).isZero();
    }

    @Test
    void endsForANewerRun() {
        RecallRun first = running();

        RecallRun second = begin("27600", NOW).orElseThrow();

        assertThat(second.id()).isGreaterThan(first.id());
        runs.end(first, 0, 1, NOW);
        assertThat(runs.newest()).contains(second);
    }

    @Test
    void saysThatTheDatabaseIsAwayAndComesBackByItself() {
        boolean[] there = {false};
        Transactions transactions = RecallDatabase.behind(() -> {
            if (!there[0]) {
                throw new IllegalStateException("no connection");
            }
        });
        RecallRuns waiting = new JdbcRecallRuns(transactions);

        assertThatThrownBy(waiting::newest).isInstanceOf(MemoryAwayException.class);
        there[0] = true;

        assertThat(waiting.newest()).isEmpty();
    }

    private RecallRun running() {
        begin("27500", NOW);
        return begin("27501", NOW).orElseThrow();
    }

    private Optional<RecallRun> begin(String signatures, Instant now) {
        return runs.begin(Signatures.of(signatures), WINDOW, SETTLING, now);
    }
}
