package org.postern.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.testsupport.PostgresDatabase;
import org.postgresql.ds.PGSimpleDataSource;

class TransactionsIT {
    private static final PostgresDatabase POSTGRES = new PostgresDatabase();
    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();

    private final Transactions transactions = new Transactions(DATABASE, AwayException::new);

    /** What a service throws where its database is away. */
    private static final class AwayException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean uncertain;

        AwayException(Throwable cause, boolean uncertain) {
            super(cause);
            this.uncertain = uncertain;
        }
    }

    @BeforeAll
    static void start() {
        DATABASE.setUrl(String.valueOf(POSTGRES.start().get("quarkus.datasource.jdbc.url")));
        DATABASE.setUser("postgres");
        DATABASE.setPassword("postgres");
    }

    @AfterAll
    static void stop() {
        POSTGRES.stop();
    }

    @BeforeEach
    void makeTable() {
        transactions.run(connection -> Statements.update(connection, "drop table if exists mailbox"));
        transactions.run(connection -> Statements.update(
                connection, "create table mailbox (address text primary key, mails int check (mails >= 0))"));
    }

    @Test
    void workIsKeptWhole() {
        transactions.run(connection -> {
            add(connection, "alice@example.org", 1);
            return add(connection, "bob@example.org", 2);
        });

        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void workThatFailsLeavesNothingBehind() {
        assertThatThrownBy(() -> transactions.run(connection -> {
                    add(connection, "alice@example.org", 1);
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(rows()).isZero();
    }

    @Test
    void eachStatementApartIsKept() {
        assertThatThrownBy(() -> transactions.runApart(connection -> {
                    add(connection, "alice@example.org", 1);
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void theLoserOfTwoThatWriteTheSameOnceFindsTheWinnersRow() throws Exception {
        CyclicBarrier bothLooked = new CyclicBarrier(2);
        AtomicInteger tries = new AtomicInteger();
        Work<Boolean> addOnce = connection -> {
            boolean first = tries.incrementAndGet() <= 2;
            if (isThere(connection, "alice@example.org")) {
                return false;
            }
            if (first) {
                await(bothLooked);
            }
            add(connection, "alice@example.org", 1);
            return true;
        };

        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> one = both.submit(() -> transactions.run(addOnce));
            Future<Boolean> other = both.submit(() -> transactions.run(addOnce));

            assertThat(one.get()).isNotEqualTo(other.get());
        }
        assertThat(tries).hasValue(3);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void aRefusedStatementQuotesNoRow() {
        String canary = "canary.of.a.person@example.org";

        assertThatThrownBy(() -> transactions.run(connection -> add(connection, canary, -1)))
                .isInstanceOfSatisfying(RefusedStatementException.class, e -> assertThat(e.state())
                        .isEqualTo("23514"))
                .satisfies(e -> assertThat(everythingALogWouldShow(e)).doesNotContain("canary"));
        assertThatThrownBy(() -> transactions.runApart(connection -> add(connection, canary, -1)))
                .satisfies(e -> assertThat(everythingALogWouldShow(e)).doesNotContain("canary"));
    }

    @Test
    void whatIsThereAlreadyIsRefusedInTheEnd() {
        transactions.run(connection -> add(connection, "alice@example.org", 1));

        assertThatThrownBy(() -> transactions.run(connection -> add(connection, "alice@example.org", 1)))
                .isInstanceOfSatisfying(RefusedStatementException.class, e -> assertThat(e.state())
                        .isEqualTo("23505"))
                .satisfies(e -> assertThat(everythingALogWouldShow(e)).doesNotContain("alice"));
    }

    @Test
    void aDatabaseThatIsAwayIsSaidInTheServicesWords() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/postgres");

        assertThatThrownBy(() -> new Transactions(nowhere, AwayException::new).run(connection -> 0))
                .isInstanceOfSatisfying(
                        AwayException.class, e -> assertThat(e.uncertain).isFalse());
    }

    @Test
    void aConnectionLostWhileCommittingLeavesItUncertain() {
        assertThatThrownBy(() -> new Transactions(losingCommits(), AwayException::new)
                        .run(connection -> add(connection, "a", 1)))
                .isInstanceOfSatisfying(
                        AwayException.class, e -> assertThat(e.uncertain).isTrue());
    }

    @Test
    void theSchemaIsMadeBeforeTheFirstUseThatWorks() {
        AtomicInteger migrations = new AtomicInteger();
        Transactions late = new Transactions(
                DATABASE,
                () -> {
                    if (migrations.incrementAndGet() == 1) {
                        throw new IllegalStateException("away");
                    }
                },
                AwayException::new);

        assertThatThrownBy(() -> late.run(connection -> 0)).isInstanceOf(AwayException.class);
        assertThat(late.<Integer>run(connection -> 1)).isEqualTo(1);
        assertThat(late.<Integer>run(connection -> 2)).isEqualTo(2);
        assertThat(migrations).hasValue(2);
    }

    private static int add(Connection connection, String address, int mails) throws SQLException {
        return Statements.update(connection, "insert into mailbox values (?, ?)", address, mails);
    }

    private static boolean isThere(Connection connection, String address) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select from mailbox where address = ?")) {
            Statements.set(select, address);
            return select.executeQuery().next();
        }
    }

    private int rows() {
        return transactions.run(connection -> {
            try (ResultSet count = connection.createStatement().executeQuery("select count(*) from mailbox")) {
                count.next();
                return count.getInt(1);
            }
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String everythingALogWouldShow(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** Connections that are lost when something is committed: no real one can be made to be, at that moment. */
    private static DataSource losingCommits() {
        return (DataSource) Proxy.newProxyInstance(
                TransactionsIT.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (source, method, arguments) -> {
                    Connection real = DATABASE.getConnection();
                    return Proxy.newProxyInstance(
                            TransactionsIT.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (connection, call, values) -> {
                                if (call.getName().equals("commit")) {
                                    throw new SQLNonTransientConnectionException("lost", "08006");
                                }
                                return call.invoke(real, values);
                            });
                });
    }
}
