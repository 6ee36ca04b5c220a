package org.postern.message.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.postern.database.Transactions;
import org.postern.events.MailAddress;
import org.postern.events.Tenant;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.MessageSchema;
import org.postern.message.digest.Digests;
import org.postern.message.quarantine.Entry;
import org.postern.message.quarantine.EntryFilter;
import org.postern.message.quarantine.Page;

/** How long a page of a search takes, and a page of readers to be told by letter, where there are a million entries. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(
        named = "postern.million",
        matches = "true",
        disabledReason = "makes a million rows, which takes minutes: run it by hand")
class MillionEntriesIT {
    private static final int ROWS = 1_000_000;
    private static final int ROUNDS = 20;

    private EmbeddedPostgres postgres;
    private DataSource database;

    @BeforeAll
    void start() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        database = MessageSchema.in(postgres.getPostgresDatabase());
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into message.entry (tenant, received_at, mail_id, recipient, address, sender_domain,
                        disposition, verdict, class, revision, reasons, size, words)
                    select 'default', now() - i * interval '3 seconds', gen_random_uuid(), r, r,
                        'sender' || i %% 5000 || '.example', d, 'clean', c, 1, reasons, 50000,
                        jsonb_to_tsvector('simple', reasons, '["string"]')
                    from generate_series(1, %d) i
                    cross join lateral (select 'user' || i %% 20000 || '@example.org' as r,
                        case when i %% 10 < 7 then 'deliver' when i %% 10 < 9 then 'junk' else 'quarantine' end as d,
                        case when i %% 10 < 7 then 'ham' when i %% 10 < 9 then 'spam' else 'phishing' end as c) v
                    cross join lateral (select jsonb_build_array(jsonb_build_object('code', c, 'text',
                        case when i %% 1000 = 9 then 'A rare kind of lure.' else 'The usual for ' || c end))
                        as reasons) w
                    """.formatted(ROWS));
            statement.execute("vacuum analyze message.entry");
        }
    }

    @AfterAll
    void stop() throws Exception {
        postgres.close();
    }

    @Test
    void showsEachPageInLessThan50Milliseconds() throws Exception {
        try (Connection pooled = database.getConnection()) {
            for (Map.Entry<String, EntryFilter> search : searches().entrySet()) {
                Duration median = median(pooled, search.getValue());
                System.out.println(search.getKey() + ": " + median.toNanos() / 1000 + " us");
                assertThat(median).as(search.getKey()).isLessThan(Duration.ofMillis(50));
            }
        }
    }

    @Test
    void findsAPageOfReadersToTellInLessThan50Milliseconds() throws Exception {
        JdbcDigests digests =
                new JdbcDigests(new Transactions(database, LedgerUnavailableException::new), Clock.systemUTC());
        Instant slot = Instant.now();
        Instant since = slot.minus(Duration.ofDays(30));
        String plan = plan(since, slot);
        System.out.println(plan);
        try (Connection pooled = database.getConnection()) {
            List<Long> toTell = new ArrayList<>();
            List<Digests.Reader> readers = pages(pooled, since, slot, toTell);
            for (Digests.Reader reader : readers) {
                digests.tell(reader, slot, () -> {});
            }
            List<Long> told = new ArrayList<>();
            List<Digests.Reader> none = pages(pooled, since, slot, told);

            System.out.printf(
                    "%d readers in %d pages of 100, median %d us; %d us when all are told%n",
                    readers.size(),
                    toTell.size(),
                    median(toTell).toNanos() / 1000,
                    median(told).toNanos() / 1000);
            assertThat(readers).hasSize(2000);
            assertThat(none).isEmpty();
            assertThat(median(toTell)).isLessThan(Duration.ofMillis(50));
            assertThat(median(told)).isLessThan(Duration.ofMillis(50));
            assertThat(plan).contains("_tenant_recipient_received_at_idx").doesNotContain("Seq Scan on entry");
        }
    }

    private static List<Digests.Reader> pages(Connection pooled, Instant since, Instant slot, List<Long> times)
            throws SQLException {
        List<Digests.Reader> readers = new ArrayList<>();
        Digests.@Nullable Place last = null;
        do {
            long began = System.nanoTime();
            Page<Digests.Reader, Digests.Place> page =
                    JdbcDigests.due(pooled, List.of("example.org"), since, slot, last, 100);
            times.add(System.nanoTime() - began);
            readers.addAll(page.items());
            last = page.next();
        } while (last != null);
        return readers;
    }

    private static Duration median(List<Long> times) {
        return Duration.ofNanos(times.stream().sorted().toList().get(times.size() / 2));
    }

    private String plan(Instant since, Instant slot) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement explain = connection.prepareStatement("explain (analyze) " + JdbcDigests.DUE)) {
            JdbcDigests.setDue(explain, List.of("example.org"), since, slot, null, 100);
            StringJoiner plan = new StringJoiner("\n");
            try (ResultSet row = explain.executeQuery()) {
                while (row.next()) {
                    plan.add(row.getString(1));
                }
            }
            return plan.toString();
        }
    }

    private static Map<String, EntryFilter> searches() {
        Map<String, EntryFilter> searches = new LinkedHashMap<>();
        searches.put("all", filter(null, null, null, null, null));
        searches.put("quarantine", filter(Disposition.QUARANTINE, null, null, null, null));
        searches.put("recipient", filter(null, MailAddress.of("user123@example.org"), null, null, null));
        searches.put("sender domain", filter(null, null, "sender77.example", null, null));
        searches.put("class", filter(null, null, null, MailClass.PHISHING, null));
        searches.put("rare words", filter(null, null, null, null, "rare lure"));
        searches.put("usual words", filter(null, null, null, null, "usual"));
        searches.put(
                "recipient in quarantine",
                filter(Disposition.QUARANTINE, MailAddress.of("user9@example.org"), null, null, null));
        return searches;
    }

    private static EntryFilter filter(
            @Nullable Disposition disposition,
            @Nullable MailAddress recipient,
            @Nullable String senderDomain,
            @Nullable MailClass mailClass,
            @Nullable String words) {
        return new EntryFilter(disposition, recipient, senderDomain, mailClass, null, null, words, null, null);
    }

    /** Of the first page and of those after it. */
    private static Duration median(Connection pooled, EntryFilter filter) throws SQLException {
        List<Long> times = new ArrayList<>();
        Entry.Position after = null;
        for (int i = 0; i < ROUNDS; i++) {
            Entry.Position from = after;
            long began = System.nanoTime();
            List<Entry> page = EntryRows.search(pooled, Tenant.DEFAULT, filter, from, 50);
            times.add(System.nanoTime() - began);
            after = page.size() < 50 ? null : page.getLast().position();
        }
        return median(times);
    }
}
