package org.postern.scan.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postern.database.Statements;
import org.postern.database.Transactions;
import org.postern.events.ContentHash;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.MailEvent;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.Signatures;
import org.postern.scan.recall.Remembered;
import org.postern.scan.recall.ScanMemory;

/** The memory of scans in PostgreSQL. */
public final class JdbcScanMemory implements ScanMemory {
    private static final String RECEIVED = """
            insert into scan.memory (tenant, message_id, content, noted_at) values (?, ?, ?, ?)
            on conflict (tenant, message_id) do update set content = excluded.content, noted_at = excluded.noted_at
            """;

    // As message-service weighs them: an answer outweighs none, and the later the earlier.
    private static final String SCANNED = """
            insert into scan.memory as m
                (tenant, message_id, verdict, attempt, engine, signatures, told_at, noted_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant, message_id) do update set
                verdict = excluded.verdict, attempt = excluded.attempt, engine = excluded.engine,
                signatures = excluded.signatures, told_at = excluded.told_at
            where m.told_at is null
                or (excluded.told_at >= m.told_at or m.verdict = 'inconclusive')
                    and (excluded.verdict <> 'inconclusive' or m.verdict = 'inconclusive')
            """;

    private final Transactions transactions;

    public JdbcScanMemory(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void note(List<? extends MailEvent> events, Instant now) {
        transactions.run(connection -> {
            try (PreparedStatement received = connection.prepareStatement(RECEIVED);
                    PreparedStatement scanned = connection.prepareStatement(SCANNED)) {
                for (MailEvent event : events) {
                    if (event instanceof MailReceived mail) {
                        note(received, mail, now);
                    } else if (event instanceof MailScanned fact) {
                        note(scanned, fact, now);
                    }
                }
                received.executeBatch();
                return scanned.executeBatch().length;
            }
        });
    }

    private static void note(PreparedStatement received, MailReceived mail, Instant now) throws SQLException {
        Statements.set(
                received,
                mail.tenant().value(),
                mail.messageId().value(),
                mail.object().sha256().hex(),
                now);
        received.addBatch();
    }

    private static void note(PreparedStatement scanned, MailScanned fact, Instant now) throws SQLException {
        Statements.set(
                scanned,
                fact.tenant().value(),
                fact.messageId().value(),
                fact.result().verdict().word(),
                fact.attempt(),
                fact.result().engine().version(),
                Signatures.of(fact.result().engine()).word(),
                fact.at(),
                now);
        scanned.addBatch();
    }

    @Override
    public Optional<Remembered> about(Tenant tenant, MessageId id) {
        return transactions.run(connection -> query(
                        connection,
                        "select verdict, signatures from scan.memory"
                                + " where tenant = ? and message_id = ? and verdict is not null",
                        tenant.value(),
                        id.value())
                .map(row -> new Remembered(verdict(row[0]), Signatures.of(row[1]))));
    }

    @Override
    public Optional<ScanVerdict> about(ContentHash content, Signatures signatures) {
        return transactions.run(connection -> query(
                        connection,
                        "select verdict, signatures from scan.memory"
                                + " where content = ? and signatures = ? and verdict <> 'inconclusive' limit 1",
                        content.hex(),
                        signatures.word())
                .map(row -> verdict(row[0])));
    }

    @Override
    public void noteAgain(MailReceived mail, ScanVerdict verdict, Signatures signatures, Instant now) {
        transactions.run(connection -> Statements.update(
                connection,
                """
                insert into scan.memory (tenant, message_id, content, verdict, signatures, told_at, noted_at)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (tenant, message_id) do update set content = excluded.content,
                    verdict = excluded.verdict, signatures = excluded.signatures, told_at = excluded.told_at
                """,
                mail.tenant().value(),
                mail.messageId().value(),
                mail.object().sha256().hex(),
                verdict.word(),
                signatures.word(),
                now,
                now));
    }

    @Override
    public void forget(Instant before) {
        transactions.run(
                connection -> Statements.update(connection, "delete from scan.memory where noted_at < ?", before));
    }

    private static Optional<String[]> query(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Statements.set(select, values);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new String[] {row.getString(1), row.getString(2)}) : Optional.empty();
            }
        }
    }

    private static ScanVerdict verdict(String word) {
        for (ScanVerdict verdict : ScanVerdict.values()) {
            if (verdict.word().equals(word)) {
                return verdict;
            }
        }
        return ScanVerdict.INCONCLUSIVE;
    }
}
