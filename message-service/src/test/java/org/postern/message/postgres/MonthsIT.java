package org.postern.message.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postern.database.Transactions;
import org.postern.events.RecipientHashKey;
import org.postern.events.codec.EventCodec;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.quarantine.RetentionTerms;

/** The tables that lie in months, on a real PostgreSQL: how they come to be, go on and leave. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonthsIT {
    private static final String BEFORE = "64";
    private static final YearMonth NOW = YearMonth.now(ZoneOffset.UTC);
    private static final String INSERT = """
            insert into message.audit (tenant, at, entry, actor, act, outcome, mail_id, target, detail)
            values ('default', ?, ?, 'somebody', 'message-deleted', 'done', null, null, ?)
            """;

    private EmbeddedPostgres postgres;
    private DataSource database;

    @BeforeAll
    void start() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        database = postgres.getPostgresDatabase();
    }

    @AfterAll
    void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void begin() throws Exception {
        execute("drop schema if exists message cascade");
    }

    @Test
    void the_trail_that_was_there_is_all_there_after_the_change() throws Exception {
        migrate(BEFORE);
        note(at(NOW.minusMonths(30)), "long ago");
        note(at(NOW.minusMonths(1)), "last month");
        note(Instant.now(), "now");
        note(at(NOW.plusMonths(14)), "by a clock that was ahead");

        migrate("latest");

        assertThat(details("message.audit"))
                .containsExactlyInAnyOrder("long ago", "last month", "now", "by a clock that was ahead");
        assertThat(details("message.audit_past")).containsExactlyInAnyOrder("long ago", "last month", "now");
        assertThat(details("message.audit_rest")).containsExactly("by a clock that was ahead");
    }

    @Test
    void a_replica_of_the_version_before_goes_on_writing_and_forgetting_while_the_table_changes() throws Exception {
        migrate(BEFORE);
        try (ExecutorService other = Executors.newSingleThreadExecutor();
                Connection replica = database.getConnection();
                PreparedStatement insert = replica.prepareStatement(INSERT);
                PreparedStatement forget = replica.prepareStatement("delete from message.audit where at < ?")) {
            // Often enough for the server to keep its plan.
            for (int i = 0; i < 10; i++) {
                insert(insert, Instant.now(), "before " + i);
                forget(forget);
            }
            replica.setAutoCommit(false);
            insert(insert, Instant.now(), "in between");

            Future<?> migration = other.submit(() -> migrate("latest"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> count("select count(*) from pg_locks where not granted") > 0);
            replica.commit();
            migration.get();
            insert(insert, Instant.now(), "after");
            insert(insert, at(NOW.plusMonths(1)), "next month");
            forget(forget);
            replica.commit();
        }

        assertThat(details("message.audit")).hasSize(13).contains("in between", "after", "next month");
        assertThat(details("message." + month("audit", NOW.plusMonths(1)))).containsExactly("next month");
    }

    @Test
    void the_months_to_come_are_made_ahead_and_those_that_are_over_are_dropped() throws Exception {
        migrate("latest");
        note(at(NOW), "this month");
        note(at(NOW.plusMonths(1)), "next month");
        note(at(NOW.minusMonths(20)), "long ago");
        JdbcErasures erasures = erasures();

        erasures.forget(terms(Instant.now()));
        assertThat(details("message.audit")).containsExactlyInAnyOrder("this month", "next month");
        assertThat(partitions("audit")).contains(month("audit", NOW.plusMonths(2)));

        try (Connection connection = database.getConnection();
                PreparedStatement later = connection.prepareStatement("select message.forget_acts(?)")) {
            Columns.set(later, at(NOW.plusMonths(1)));
            later.execute();
            assertThat(details("message.audit")).containsExactly("next month");
            assertThat(partitions("audit")).doesNotContain("audit_past");
            Columns.set(later, at(NOW.plusMonths(2)));
            later.execute();
        }
        assertThat(details("message.audit")).isEmpty();
        assertThat(partitions("audit")).doesNotContain(month("audit", NOW.plusMonths(1)));

        note(Instant.now(), "where no month is left");
        assertThat(details("message.audit_rest")).hasSize(1);
    }

    @Test
    void a_month_of_the_index_is_dropped_when_it_is_over_and_empty_only() throws Exception {
        migrate("latest");
        execute("select message.make_entry_partitions('" + NOW.minusMonths(3).atDay(1) + "', 2)");
        execute("""
                insert into message.entry (tenant, received_at, mail_id, recipient, address, sender_domain, disposition,
                    verdict, class, revision, reasons, size, words)
                values ('default', '%s', gen_random_uuid(), 'a@example.org', 'a@example.org', 'example.com', 'quarantine',
                    'clean', 'spam', 1, '[]', 1, '')
                """.formatted(at(NOW.minusMonths(3))));

        erasures().forget(terms(Instant.now()));

        assertThat(partitions("entry"))
                .contains(month("entry", NOW.minusMonths(3)), month("entry", NOW), "entry_rest")
                .doesNotContain(month("entry", NOW.minusMonths(2)));
        assertThat(count("select count(*) from message.entry")).isEqualTo(1);
    }

    @Test
    void a_month_that_somebody_reads_is_left_to_the_next_time() throws Exception {
        migrate("latest");
        note(at(NOW), "this month");
        try (Connection reader = database.getConnection();
                Statement read = reader.createStatement();
                Connection connection = database.getConnection();
                PreparedStatement forget = connection.prepareStatement("select message.forget_acts(?)")) {
            reader.setAutoCommit(false);
            read.executeQuery("select * from message.audit").close();
            Columns.set(forget, at(NOW.plusMonths(2)));

            forget.execute();

            assertThat(partitions("audit")).contains(month("audit", NOW.plusMonths(1)));
            reader.commit();
            forget.execute();
            assertThat(partitions("audit")).doesNotContain(month("audit", NOW.plusMonths(1)));
        }
    }

    private JdbcErasures erasures() {
        Transactions transactions = new Transactions(database, LedgerUnavailableException::new);
        Clock clock = Clock.systemUTC();
        return new JdbcErasures(
                transactions,
                new KeptEvents(new EventCodec("/test", clock), clock, events -> {}),
                RecipientHashKey.ofBase64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
                clock);
    }

    private static RetentionTerms terms(Instant now) {
        Duration week = Duration.ofDays(7);
        return new RetentionTerms(now, week, week, week, week, week, week, Duration.ofDays(365));
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(database)
                .schemas("message")
                .createSchemas(true)
                .target(version)
                .load()
                .migrate();
    }

    private static Instant at(YearMonth month) {
        return month.atDay(2).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String month(String table, YearMonth month) {
        return table + "_" + month.format(DateTimeFormatter.ofPattern("yyyy_MM"));
    }

    private void note(Instant at, String detail) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert(insert, at, detail);
        }
    }

    private static void insert(PreparedStatement insert, Instant at, String detail) throws SQLException {
        Columns.set(insert, at, UUID.randomUUID(), detail);
        insert.executeUpdate();
    }

    private static void forget(PreparedStatement forget) throws SQLException {
        Columns.set(forget, Instant.now().minus(Duration.ofDays(365)));
        forget.executeUpdate();
    }

    private List<String> details(String table) throws SQLException {
        return strings("select detail from " + table);
    }

    private List<String> partitions(String table) throws SQLException {
        return strings("select c.relname from pg_inherits p join pg_class c on c.oid = p.inhrelid"
                + " where p.inhparent = 'message." + table + "'::regclass");
    }

    private List<String> strings(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> strings = new ArrayList<>();
            while (row.next()) {
                strings.add(row.getString(1));
            }
            return strings;
        }
    }

    private long count(String sql) throws SQLException {
        return Long.parseLong(strings(sql).getFirst());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
