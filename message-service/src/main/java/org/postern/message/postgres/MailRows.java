package org.postern.message.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.ScanResult;
import org.postern.message.intake.TryFingerprint;
import org.postern.message.judgement.Fact;
import org.postern.message.judgement.FactSheet;
import org.postern.message.judgement.Judgement;
import org.postern.message.ledger.HandedOver;
import org.postern.message.ledger.MessageState;
import org.postern.message.ledger.Receipt;

/** Reads and writes the state of one message. */
final class MailRows {
    private static final String SELECT = """
            select m.tenant, m.id, m.received, m.submitter, m.traceparent, m.scan, m.assessment, j.content,
                h.content as handed, h.answered
            from message.mail m
            left join message.judgement j on j.tenant = m.tenant and j.mail_id = m.id and j.revision = m.revision
            left join lateral (
                select content, answered from message.judgement
                where tenant = m.tenant and mail_id = m.id and handed_over_at is not null
                order by revision desc limit 1) h on true
            """;

    /** One message by tenant and id. */
    static final String FIND = SELECT + "where m.tenant = ? and m.id = ?";

    private static final int AT_A_TIME = 200;

    private MailRows() {}

    /** Locks a message, which is known from then on; empty where it was deleted, of which nothing is to be known again. */
    static Optional<MessageState> lock(Connection connection, Tenant tenant, MessageId id) throws SQLException {
        // Of four facts about a message three find it known.
        Optional<MessageState> known = lockKnown(connection, tenant, id);
        if (known.isPresent()) {
            return known;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into message.mail (tenant, id)
                select ?, ? where not exists (select from message.tombstone where tenant = ? and id = ?)
                on conflict do nothing
                """)) {
            Columns.set(insert, tenant.value(), id.value(), tenant.value(), id.value());
            // Whoever makes a row has it: nobody else sees it before the commit.
            if (insert.executeUpdate() == 1) {
                return Optional.of(MessageState.unknown(tenant, id));
            }
        }
        return lockKnown(connection, tenant, id);
    }

    /**
     * Locks a message, if it is known. Its judgements are read by a statement of their own: one that had to wait for the lock
     * would see them as they were before it waited. The row itself is then the newest.
     */
    static Optional<MessageState> lockKnown(Connection connection, Tenant tenant, MessageId id) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("""
                select tenant, id, received, submitter, traceparent, scan, assessment, revision
                from message.mail where tenant = ? and id = ? for update
                """)) {
            Columns.set(lock, tenant.value(), id.value());
            try (ResultSet row = lock.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                if (row.getInt("revision") == 0) {
                    return Optional.of(state(row, null, null));
                }
            }
        }
        return find(connection, tenant, id);
    }

    /** Locks a message, if it is known, and gives the revision of its newest judgement; 0 while it is not judged. */
    static OptionalInt lockedRevision(Connection connection, Tenant tenant, MessageId id) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                "select revision from message.mail where tenant = ? and id = ? for update")) {
            Columns.set(lock, tenant.value(), id.value());
            try (ResultSet row = lock.executeQuery()) {
                return row.next() ? OptionalInt.of(row.getInt("revision")) : OptionalInt.empty();
            }
        }
    }

    /** Locks the message whose deadline has been over for longest, of those that nobody else has in hand. */
    static Optional<MessageState> lockOverdue(Connection connection, Instant now, Instant tooFar) throws SQLException {
        return select(connection, SELECT + """
                        where m.revision = 0 and (m.deadline <= ? or m.deadline > ?)
                        order by m.deadline limit 1 for update of m skip locked
                        """, now, tooFar);
    }

    static Optional<MessageState> find(Connection connection, Tenant tenant, MessageId id) throws SQLException {
        return select(connection, FIND, tenant.value(), id.value());
    }

    /** Goes through the judged messages of a tenant, the newest first: ids rise with time. */
    static void eachNewest(Connection connection, Tenant tenant, int most, Consumer<MessageState> each)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                SELECT + "where m.tenant = ? and m.revision > 0 order by m.id desc limit ?")) {
            select.setFetchSize(AT_A_TIME);
            Columns.set(select, tenant.value(), most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    each.accept(state(row));
                }
            }
        }
    }

    /** Has any new fact of the same weight outweigh those that are known. */
    static void demoteFacts(Connection connection, Tenant tenant, MessageId id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update message.mail
                set scan = jsonb_set(scan, '{attempt}', '0'), assessment = jsonb_set(assessment, '{attempt}', '0')
                where tenant = ? and id = ?
                """)) {
            Columns.set(update, tenant.value(), id.value());
            update.executeUpdate();
        }
    }

    private static Optional<MessageState> select(Connection connection, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Columns.set(select, values);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(state(row)) : Optional.empty();
            }
        }
    }

    /** The message of a row that was selected with its newest judgement. */
    static MessageState state(ResultSet row) throws SQLException {
        return state(row, Columns.document(row, "content", new TypeReference<>() {}), handedOver(row));
    }

    private static MessageState state(ResultSet row, @Nullable Judgement judgement, @Nullable HandedOver handedOver)
            throws SQLException {
        return new MessageState(
                Tenant.of(row.getString("tenant")),
                new MessageId(Columns.uuid(row, "id")),
                receipt(row),
                new FactSheet(
                        Columns.document(row, "scan", new TypeReference<Fact<ScanResult>>() {}),
                        Columns.document(row, "assessment", new TypeReference<Fact<AssessmentResult>>() {})),
                judgement,
                handedOver);
    }

    private static @Nullable HandedOver handedOver(ResultSet row) throws SQLException {
        Judgement judgement = Columns.document(row, "handed", new TypeReference<>() {});
        return judgement == null
                ? null
                : new HandedOver(judgement, Columns.document(row, "answered", new TypeReference<>() {}));
    }

    private static @Nullable Receipt receipt(ResultSet row) throws SQLException {
        MailReceived received = Columns.document(row, "received", new TypeReference<>() {});
        return received == null
                ? null
                : new Receipt(received, row.getString("submitter"), new TraceContext(row.getString("traceparent")));
    }

    /**
     * Writes a message of which nothing is known but its receipt, by a statement that is a transaction of its own; false where
     * it is known already, or was deleted: then nothing is written.
     */
    static boolean begin(Connection connection, Receipt receipt) throws SQLException {
        MailReceived mail = receipt.event();
        String whose = mail.tenant().value();
        UUID which = mail.messageId().value();
        return !new Together()
                .add(
                        """
                        with known as (
                            insert into message.mail (tenant, id, received, submitter, traceparent, deadline)
                            select ?, ?, ?::jsonb, ?::text, ?, ?::timestamptz
                            where not exists (select from message.tombstone where tenant = ? and id = ?)
                            on conflict do nothing returning id),
                        tried as (
                            insert into message.smtp_try (tenant, mail_id, fingerprint, sender, recipients, received_at)
                            select ?, id, ?, ?::text, ?, ? from known where ? on conflict do nothing)
                        select 1 from known
                        """,
                        whose,
                        which,
                        Columns.json(mail),
                        receipt.submitter(),
                        receipt.trace().traceparent(),
                        mail.deadline(),
                        whose,
                        which,
                        whose,
                        TryFingerprint.of(mail).value().hex(),
                        JdbcSmtpTries.sender(mail),
                        mail.envelope().recipients().size(),
                        mail.receivedAt(),
                        JdbcSmtpTries.isTry(mail))
                .run(connection)
                .isEmpty();
    }

    /** Writes what has changed. What is known of a message is replaced, and never unknown again. */
    static void write(Together statements, MessageState before, MessageState after) {
        Receipt receipt = changed(before.receipt(), after.receipt());
        Judgement judgement = after.judgement();
        if (judgement != null && !judgement.equals(before.judgement())) {
            insert(statements, after, judgement);
        }
        statements.add(
                """
                update message.mail
                set received = coalesce(?::jsonb, received), submitter = coalesce(?, submitter),
                    traceparent = coalesce(?, traceparent), deadline = coalesce(?::timestamptz, deadline),
                    scan = coalesce(?::jsonb, scan), assessment = coalesce(?::jsonb, assessment), revision = ?
                where tenant = ? and id = ?
                """,
                Columns.json(receipt == null ? null : receipt.event()),
                receipt == null ? null : receipt.submitter(),
                receipt == null ? null : receipt.trace().traceparent(),
                receipt == null ? null : receipt.event().deadline(),
                Columns.json(changed(before.facts().scan(), after.facts().scan())),
                Columns.json(changed(before.facts().assessment(), after.facts().assessment())),
                judgement == null ? 0 : judgement.revision(),
                after.tenant().value(),
                after.id().value());
    }

    private static <T> @Nullable T changed(@Nullable T before, @Nullable T after) {
        return Objects.equals(before, after) ? null : after;
    }

    private static void insert(Together statements, MessageState state, Judgement judgement) {
        statements.add(
                """
                insert into message.judgement (tenant, mail_id, revision, settled, content, judged_at)
                values (?, ?, ?, ?, ?::jsonb, ?)
                """,
                state.tenant().value(),
                state.id().value(),
                judgement.revision(),
                judgement.settled(),
                Objects.requireNonNull(Columns.json(judgement)),
                judgement.at());
    }
}
