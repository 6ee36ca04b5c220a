package org.postern.scan.postgres;

import static org.postern.database.Statements.update;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.postern.database.Statements;
import org.postern.database.Transactions;
import org.postern.scan.Signatures;
import org.postern.scan.recall.Progress;
import org.postern.scan.recall.RecallRun;
import org.postern.scan.recall.RecallRuns;
import org.postern.scan.recall.Tally;

/** The runs in PostgreSQL. */
public final class JdbcRecallRuns implements RecallRuns {
    private static final long SECONDS_A_MINUTE = 60;

    private final Transactions transactions;

    public JdbcRecallRuns(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<RecallRun> begin(Signatures signatures, Duration window, Duration settling, Instant now) {
        return transactions.run(connection -> {
            // One at a time: several replicas see new signatures at once, and it is one run.
            try (Statement lock = connection.createStatement()) {
                lock.execute("lock table scan.recall_run in exclusive mode");
            }
            Optional<RecallRun> newest = newest(connection);
            if (newest.isPresent() && !signatures.replace(newest.get().signatures())) {
                return Optional.empty();
            }
            update(connection, "update scan.recall_run set ended_at = ? where ended_at is null", now);
            // Also higher than before where this schema was lost.
            int attempt = Math.max(
                    Math.toIntExact(now.getEpochSecond() / SECONDS_A_MINUTE),
                    newest.map(run -> run.attempt() + 1).orElse(0));
            update(
                    connection,
                    "insert into scan.recall_run (signatures, attempt, since, until, begun_at, ended_at)"
                            + " values (?, ?, ?, ?, ?, ?)",
                    signatures.word(),
                    attempt,
                    now.minus(window),
                    now.plus(settling),
                    now,
                    newest.isEmpty() ? now : null);
            return newest(connection).filter(run -> !run.hasEnded());
        });
    }

    @Override
    public Optional<RecallRun> newest() {
        return transactions.run(JdbcRecallRuns::newest);
    }

    private static Optional<RecallRun> newest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id, signatures, attempt, since, until,"
                        + " begun_at, ended_at from scan.recall_run order by id desc limit 1");
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(run(row)) : Optional.empty();
        }
    }

    private static RecallRun run(ResultSet row) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new RecallRun(
                row.getLong("id"),
                Signatures.of(row.getString("signatures")),
                row.getInt("attempt"),
                time(row, "since"),
                time(row, "until"),
                time(row, "begun_at"),
                ended == null ? null : ended.toInstant());
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    public Optional<Point> point(RecallRun run, int partition) {
        return transactions.run(connection -> point(connection, run, partition));
    }

    private static Optional<Point> point(Connection connection, RecallRun run, int partition) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select next_offset, end_offset, ended from scan.recall_point where run_id = ? and part = ?")) {
            Statements.set(select, run.id(), partition);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Point(row.getLong(1), row.getLong(2), row.getBoolean(3)))
                        : Optional.empty();
            }
        }
    }

    @Override
    public Point begin(RecallRun run, int partition, long first, long end) {
        return transactions.run(connection -> {
            update(
                    connection,
                    "insert into scan.recall_point (run_id, part, next_offset, end_offset) values (?, ?, ?, ?)"
                            + " on conflict do nothing",
                    run.id(),
                    partition,
                    first,
                    end);
            return point(connection, run, partition).orElse(new Point(first, end, false));
        });
    }

    @Override
    public void advance(RecallRun run, int partition, long next, long end, Tally came) {
        transactions.run(connection -> update(
                connection,
                """
                update scan.recall_point set next_offset = ?, end_offset = greatest(end_offset, ?),
                    scanned = scanned + ?, worse = worse + ?, better = better + ?, known = known + ?,
                    gone = gone + ?, failed = failed + ?
                where run_id = ? and part = ? and next_offset < ?
                """,
                next,
                end,
                came.scanned(),
                came.worse(),
                came.better(),
                came.known(),
                came.gone(),
                came.failed(),
                run.id(),
                partition,
                next));
    }

    @Override
    public void end(RecallRun run, int partition, int partitions, Instant now) {
        transactions.run(connection -> {
            update(
                    connection,
                    "update scan.recall_point set ended = true where run_id = ? and part = ?",
                    run.id(),
                    partition);
            return update(connection, """
                    update scan.recall_run set ended_at = ? where id = ? and ended_at is null
                        and (select count(*) from scan.recall_point where run_id = ? and ended) >= ?
                    """, now, run.id(), run.id(), partitions);
        });
    }

    @Override
    public Optional<Progress> progress() {
        return transactions.run(connection -> {
            Optional<RecallRun> run = newest(connection);
            return run.isEmpty() ? Optional.empty() : Optional.of(progress(connection, run.get()));
        });
    }

    private static Progress progress(Connection connection, RecallRun run) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select coalesce(sum(case when ended then 0 else greatest(end_offset - next_offset, 0) end), 0),
                    coalesce(sum(scanned), 0), coalesce(sum(worse), 0), coalesce(sum(better), 0),
                    coalesce(sum(known), 0), coalesce(sum(gone), 0), coalesce(sum(failed), 0)
                from scan.recall_point where run_id = ?
                """)) {
            Statements.set(select, run.id());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                Tally tally = new Tally(
                        row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7));
                return new Progress(run, run.hasEnded() ? 0 : row.getLong(1), tally);
            }
        }
    }
}
