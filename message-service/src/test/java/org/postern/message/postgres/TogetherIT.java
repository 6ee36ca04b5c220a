package org.postern.message.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.postern.database.RefusedStatementException;
import org.postern.database.Statements;
import org.postern.database.Transactions;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TogetherIT {
    private static final String ADD = "insert into mailbox values (?, ?) returning mails";
    private static final String COUNT = "select count(*) from mailbox";

    private EmbeddedPostgres postgres;
    private Transactions transactions;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        transactions = new Transactions(
                postgres.getPostgresDatabase(), (cause, uncertain) -> new IllegalStateException(cause));
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void makeTable() {
        transactions.run(connection -> Statements.update(connection, "drop table if exists mailbox"));
        transactions.run(connection -> Statements.update(
                connection, "create table mailbox (address text primary key, mails int check (mails >= 0))"));
    }

    @Test
    void theNumbersOfAllRowsComeInTheOrderOfTheStatements() {
        Together statements = new Together()
                .add(ADD, "alice@example.org", 7)
                .add("insert into mailbox values (?, ?)", "bob@example.org", 8)
                .add("select mails from mailbox order by mails")
                .add(COUNT);

        assertThat(transactions.runApart(statements::run)).containsExactly(7L, 7L, 8L, 2L);
    }

    @Test
    void oneThatFailsLeavesNothingOfTheOthersOnAConnectionThatCommitsByItself() {
        Together statements = new Together()
                .add(ADD, "alice@example.org", 1)
                .add(ADD, "bob@example.org", -1)
                .add(COUNT);

        assertThatThrownBy(() -> transactions.runApart(statements::run)).isInstanceOf(RefusedStatementException.class);

        assertThat(transactions.runApart(new Together().add(COUNT)::run)).containsExactly(0L);
    }

    @Test
    @Timeout(30)
    void whatWaitedForALockSeesWhatWasCommittedMeanwhile() throws Exception {
        transactions.runApart(new Together().add(ADD, "alice@example.org", 1)::run);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);

        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = both.submit(() -> transactions.run(connection -> {
                new Together()
                        .add("select mails from mailbox where address = 'alice@example.org' for update")
                        .add(ADD, "bob@example.org", 2)
                        .run(connection);
                locked.countDown();
                awaitUninterruptibly(goOn);
                return 0;
            }));
            locked.await();
            Together second = new Together()
                    .add("select mails from mailbox where address = 'alice@example.org' for update")
                    .add(COUNT);
            Future<List<Long>> counted = both.submit(() -> transactions.runApart(second::run));
            while (waiting() == 0) {
                Thread.onSpinWait();
            }
            goOn.countDown();
            first.get();

            assertThat(counted.get()).containsExactly(1L, 2L);
        }
    }

    @Test
    void nothingIsAskedWhereThereIsNoStatement() {
        assertThat(transactions.runApart(new Together()::run)).isEmpty();
    }

    private long waiting() {
        return transactions
                .runApart(
                        new Together().add("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")::run)
                .getFirst();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
