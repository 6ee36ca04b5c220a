package org.postern.message.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.mail.DeletionCause;
import org.postern.message.ledger.MessageState;
import org.postern.message.ledger.Receipt;
import org.postern.message.quarantine.Actor;

/** Reads and writes what is to be erased. */
final class ErasureRows {
    private static final List<String> OF_MESSAGE = List.of("entry", "derived");

    private ErasureRows() {}

    /** One message's objects. */
    record Pending(
            Tenant tenant,
            MessageId id,
            List<ObjectId> objects,
            DeletionCause cause,
            @Nullable String actor,
            TraceContext trace) {}

    /** Takes the rows of a locked message away and notes what is to be erased. */
    static void begin(Connection connection, MessageState state, Actor actor, DeletionCause cause, Instant now)
            throws SQLException {
        String tenant = state.tenant().value();
        UUID id = state.id().value();
        List<ObjectId> objects = new ArrayList<>(derived(connection, tenant, id));
        Receipt receipt = state.receipt();
        if (receipt != null) {
            objects.addFirst(receipt.event().object().id());
        }
        TraceContext trace = receipt == null ? TraceContext.start() : receipt.trace();
        update(
                connection,
                """
                insert into message.erasure (tenant, mail_id, objects, cause, actor, traceparent, asked_at)
                values (?, ?, ?::jsonb, ?, ?, ?, ?) on conflict do nothing
                """,
                tenant,
                id,
                Columns.json(objects),
                cause.word(),
                actor.name(),
                trace.traceparent(),
                now);
        update(
                connection,
                "insert into message.tombstone (tenant, id, deleted_at, cause) values (?, ?, ?, ?) on conflict do nothing",
                tenant,
                id,
                now,
                cause.word());
        for (String table : OF_MESSAGE) {
            update(connection, "delete from message." + table + " where tenant = ? and mail_id = ?", tenant, id);
        }
        update(connection, "delete from message.mail where tenant = ? and id = ?", tenant, id);
    }

    static Optional<Pending> lock(Connection connection, @Nullable MessageId only) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select tenant, mail_id, objects, cause, actor, traceparent from message.erasure
                where ?::uuid is null or mail_id = ?::uuid order by asked_at limit 1 for update skip locked
                """)) {
            UUID id = only == null ? null : only.value();
            Columns.set(select, id, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(pending(row)) : Optional.empty();
            }
        }
    }

    static void done(Connection connection, Pending pending) throws SQLException {
        update(
                connection,
                "delete from message.erasure where tenant = ? and mail_id = ?",
                pending.tenant().value(),
                pending.id().value());
    }

    /** Puts one at the end of those that wait. */
    static void later(Connection connection, Pending pending, Instant now) throws SQLException {
        update(
                connection,
                "update message.erasure set asked_at = ? where tenant = ? and mail_id = ?",
                now,
                pending.tenant().value(),
                pending.id().value());
    }

    private static Pending pending(ResultSet row) throws SQLException {
        List<ObjectId> objects = Columns.document(row, "objects", new TypeReference<>() {});
        return new Pending(
                Tenant.of(row.getString("tenant")),
                new MessageId(Columns.uuid(row, "mail_id")),
                Objects.requireNonNull(objects),
                Columns.word(
                        row.getString("cause"),
                        DeletionCause.values(),
                        DeletionCause::word,
                        DeletionCause.UNRECOGNISED),
                row.getString("actor"),
                new TraceContext(row.getString("traceparent")));
    }

    private static List<ObjectId> derived(Connection connection, String tenant, UUID id) throws SQLException {
        List<ObjectId> objects = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select object_id from message.derived where tenant = ? and mail_id = ?")) {
            Columns.set(select, tenant, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    objects.add(ObjectId.of(row.getString("object_id")));
                }
            }
        }
        return objects;
    }

    private static void update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            Columns.set(update, values);
            update.executeUpdate();
        }
    }
}
