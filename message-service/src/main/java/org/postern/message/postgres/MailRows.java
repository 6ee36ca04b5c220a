package org.postern.message.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.ScanResult;
import org.postern.message.MessageState;
import org.postern.message.Receipt;
import org.postern.message.judgement.Fact;
import org.postern.message.judgement.FactSheet;
import org.postern.message.judgement.Judgement;

/** Reads and writes the state of one message. */
final class MailRows {
    private static final String SELECT = """
            select m.tenant, m.id, m.received, m.submitter, m.traceparent, m.scan, m.assessment, j.content
            from message.mail m
            left join message.judgement j on j.tenant = m.tenant and j.mail_id = m.id and j.revision = m.revision
            """;

    private MailRows() {}

    /** Locks a message, which is known from then on. */
    static MessageState lock(Connection connection, Tenant tenant, MessageId id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into message.mail (tenant, id) values (?, ?) on conflict do nothing")) {
            Columns.set(insert, tenant.value(), id.value());
            insert.executeUpdate();
        }
        return select(
                        connection,
                        SELECT + "where m.tenant = ? and m.id = ? for update of m",
                        tenant.value(),
                        id.value())
                .orElseThrow(() -> new IllegalStateException("a row of ours was deleted under our hands"));
    }

    /** Locks the message whose deadline has been over for longest, of those that nobody else has in hand. */
    static Optional<MessageState> lockOverdue(Connection connection, Instant now) throws SQLException {
        return select(connection, SELECT + """
                        where m.revision = 0 and m.deadline <= ?
                        order by m.deadline limit 1 for update of m skip locked
                        """, now);
    }

    static Optional<MessageState> find(Connection connection, Tenant tenant, MessageId id) throws SQLException {
        return select(connection, SELECT + "where m.tenant = ? and m.id = ?", tenant.value(), id.value());
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

    private static MessageState state(ResultSet row) throws SQLException {
        return new MessageState(
                Tenant.of(row.getString("tenant")),
                new MessageId(Columns.uuid(row, "id")),
                receipt(row),
                new FactSheet(
                        Columns.document(row, "scan", new TypeReference<Fact<ScanResult>>() {}),
                        Columns.document(row, "assessment", new TypeReference<Fact<AssessmentResult>>() {})),
                Columns.document(row, "content", new TypeReference<Judgement>() {}));
    }

    private static @Nullable Receipt receipt(ResultSet row) throws SQLException {
        MailReceived received = Columns.document(row, "received", new TypeReference<>() {});
        return received == null
                ? null
                : new Receipt(received, row.getString("submitter"), new TraceContext(row.getString("traceparent")));
    }

    /** Writes what has changed. */
    static void write(Connection connection, MessageState before, MessageState after) throws SQLException {
        Receipt receipt = after.receipt();
        Judgement judgement = after.judgement();
        if (judgement != null && !judgement.equals(before.judgement())) {
            insert(connection, after, judgement);
        }
        try (PreparedStatement update = connection.prepareStatement("""
                update message.mail
                set received = ?::jsonb, submitter = ?, traceparent = ?, deadline = ?::timestamptz,
                    scan = ?::jsonb, assessment = ?::jsonb, revision = ?
                where tenant = ? and id = ?
                """)) {
            Columns.set(
                    update,
                    Columns.json(receipt == null ? null : receipt.event()),
                    receipt == null ? null : receipt.submitter(),
                    receipt == null ? null : receipt.trace().traceparent(),
                    receipt == null ? null : receipt.event().deadline(),
                    Columns.json(after.facts().scan()),
                    Columns.json(after.facts().assessment()),
                    judgement == null ? 0 : judgement.revision(),
                    after.tenant().value(),
                    after.id().value());
            update.executeUpdate();
        }
    }

    private static void insert(Connection connection, MessageState state, Judgement judgement) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into message.judgement (tenant, mail_id, revision, settled, content, judged_at)
                values (?, ?, ?, ?, ?::jsonb, ?)
                """)) {
            Columns.set(
                    insert,
                    state.tenant().value(),
                    state.id().value(),
                    judgement.revision(),
                    judgement.settled(),
                    Objects.requireNonNull(Columns.json(judgement)),
                    judgement.at());
            insert.executeUpdate();
        }
    }
}
