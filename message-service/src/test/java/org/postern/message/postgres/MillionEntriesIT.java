package org.postern.message.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.postern.events.MailAddress;
import org.postern.events.Tenant;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.message.quarantine.Entry;
import org.postern.message.quarantine.EntryFilter;

/** How long a page of a search takes where there are a million entries. */
@EnabledIfSystemProperty(
        named = "postern.million",
        matches = "true",
        disabledReason = "makes a million rows, which takes minutes: run it by hand")
class MillionEntriesIT {
    private static final int ROWS = 1_000_000;
    private static final int ROUNDS = 20;

    @Test
    void showsEachPageInLessThan50Milliseconds() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            var database = postgres.getPostgresDatabase();
            Flyway.configure().dataSource(database).schemas("message").load().migrate();
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
            Connection pooled = database.getConnection();
            for (Map.Entry<String, EntryFilter> search : searches().entrySet()) {
                Duration median = median(pooled, search.getValue());
                System.out.println(search.getKey() + ": " + median.toNanos() / 1000 + " us");
                assertThat(median).as(search.getKey()).isLessThan(Duration.ofMillis(50));
            }
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
        List<Long> times = new java.util.ArrayList<>();
        Entry.Position after = null;
        for (int i = 0; i < ROUNDS; i++) {
            Entry.Position from = after;
            long began = System.nanoTime();
            List<Entry> page = EntryRows.search(pooled, Tenant.DEFAULT, filter, from, 50);
            times.add(System.nanoTime() - began);
            after = page.size() < 50 ? null : page.getLast().position();
        }
        return Duration.ofNanos(times.stream().sorted().toList().get(ROUNDS / 2));
    }
}
