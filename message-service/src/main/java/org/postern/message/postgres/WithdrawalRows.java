package org.postern.message.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.MailRecalled;
import org.postern.message.quarantine.Actor;
import org.postern.message.withdrawal.Copy;
import org.postern.message.withdrawal.Goal;
import org.postern.message.withdrawal.Outcome;
import org.postern.message.withdrawal.Withdrawal;
import org.postern.message.withdrawal.Withdrawals;

/** Reads and writes withdrawals. */
final class WithdrawalRows {
    private static final String WHICH = " where tenant = ? and mail_id = ? and recipient = ?";

    private WithdrawalRows() {}

    /** Of a recipient who is there twice the first counts; of judgements the newest. */
    static int insert(Connection connection, MailRecalled event, MailAddress recipient, Actor actor, Instant now)
            throws SQLException {
        return update(
                connection,
                """
                insert into message.withdrawal
                    (tenant, mail_id, recipient, address, revision, goal, actor, since, due_at)
                values (?, ?, ?, ?, ?, 'withdrawn', ?, ?, ?)
                on conflict (tenant, mail_id, recipient) do update
                set revision = excluded.revision, goal = excluded.goal, actor = excluded.actor, state = 'waiting',
                    since = excluded.since, due_at = excluded.due_at, attempts = 0, outcome = null, copies = 0,
                    settled_at = null
                where message.withdrawal.revision < excluded.revision
                """,
                event.tenant().value(),
                event.messageId().value(),
                recipient.folded(),
                recipient.value(),
                event.revision(),
                actor.name(),
                now,
                now);
    }

    static Withdrawal withdrawal(ResultSet row) throws SQLException {
        return new Withdrawal(
                Tenant.of(row.getString("tenant")),
                new MessageId(Columns.uuid(row, "mail_id")),
                MailAddress.of(row.getString("address")),
                row.getInt("revision"),
                goal(row),
                row.getString("actor"),
                Columns.time(row, "since"),
                row.getInt("attempts"));
    }

    private static Goal goal(ResultSet row) throws SQLException {
        return Columns.word(row.getString("goal"), Goal.values(), Goal::word, Goal.WITHDRAWN);
    }

    /** Whether it is still what is wanted, which nobody changes until the transaction ends. */
    static boolean lockIfWanted(Connection connection, Withdrawal withdrawal) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                "select goal, revision, since, state from" + " message.withdrawal" + WHICH + " for update")) {
            Columns.set(lock, key(withdrawal));
            try (ResultSet row = lock.executeQuery()) {
                return row.next()
                        && goal(row) == withdrawal.goal()
                        && row.getInt("revision") == withdrawal.revision()
                        && row.getString("state").equals("waiting")
                        && Columns.time(row, "since").equals(withdrawal.since());
            }
        }
    }

    static void note(Connection connection, Withdrawal withdrawal, Copy copy) throws SQLException {
        update(
                connection,
                """
                insert into message.withdrawn_copy
                    (tenant, mail_id, recipient, account, email, origins, target, keyword)
                values (?, ?, ?, ?, ?, ?::jsonb, ?, ?)
                on conflict (tenant, mail_id, recipient, account, email) do update
                set origins = excluded.origins, target = excluded.target, keyword = excluded.keyword
                """,
                withdrawal.tenant().value(),
                withdrawal.message().value(),
                withdrawal.recipient().folded(),
                copy.account(),
                copy.email(),
                Columns.json(copy.origins()),
                copy.target(),
                copy.keyword());
    }

    static List<Copy> copies(Connection connection, Withdrawal withdrawal) throws SQLException {
        List<Copy> copies = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select account, email, origins, target, keyword from message.withdrawn_copy" + WHICH)) {
            Columns.set(select, key(withdrawal));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Set<String> origins = Columns.document(row, "origins", new TypeReference<>() {});
                    copies.add(new Copy(
                            row.getString("account"),
                            row.getString("email"),
                            Objects.requireNonNull(origins),
                            row.getString("target"),
                            row.getString("keyword")));
                }
            }
        }
        return copies;
    }

    static void forgetCopies(Connection connection, Withdrawal withdrawal) throws SQLException {
        update(connection, "delete from message.withdrawn_copy" + WHICH, key(withdrawal));
    }

    static void settle(Connection connection, Withdrawal withdrawal, Outcome outcome, Instant now) throws SQLException {
        update(
                connection,
                "update message.withdrawal set state = ?, outcome = ?, copies = ?, settled_at = ?, held_until = ?"
                        + WHICH,
                outcome.success() ? "done" : "failed",
                outcome.code(),
                outcome.copies(),
                now,
                now,
                withdrawal.tenant().value(),
                withdrawal.message().value(),
                withdrawal.recipient().folded());
    }

    static void retry(Connection connection, Withdrawal withdrawal, Instant due, String reason) throws SQLException {
        update(
                connection,
                "update message.withdrawal set due_at = ?, outcome = ?" + WHICH,
                due,
                reason,
                withdrawal.tenant().value(),
                withdrawal.message().value(),
                withdrawal.recipient().folded());
    }

    /** Nobody has it in hand any more. */
    static void letGo(Connection connection, Withdrawal withdrawal, Instant now) throws SQLException {
        update(
                connection,
                "update message.withdrawal set held_until = ?" + WHICH,
                now,
                withdrawal.tenant().value(),
                withdrawal.message().value(),
                withdrawal.recipient().folded());
    }

    static List<Withdrawals.Progress> progress(Connection connection, Tenant tenant, MessageId message)
            throws SQLException {
        List<Withdrawals.Progress> progress = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select address, goal, state, outcome, copies, attempts, since, due_at, settled_at
                from message.withdrawal where tenant = ? and mail_id = ? order by recipient
                """)) {
            Columns.set(select, tenant.value(), message.value());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    OffsetDateTime settled = row.getObject("settled_at", OffsetDateTime.class);
                    progress.add(new Withdrawals.Progress(
                            MailAddress.of(row.getString("address")),
                            goal(row),
                            row.getString("state"),
                            row.getString("outcome"),
                            row.getInt("copies"),
                            row.getInt("attempts"),
                            Columns.time(row, "since"),
                            settled == null ? Columns.time(row, "due_at") : null,
                            settled == null ? null : settled.toInstant()));
                }
            }
        }
        return progress;
    }

    private static Object[] key(Withdrawal withdrawal) {
        return new Object[] {
            withdrawal.tenant().value(),
            withdrawal.message().value(),
            withdrawal.recipient().folded()
        };
    }

    private static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            Columns.set(update, values);
            return update.executeUpdate();
        }
    }
}
