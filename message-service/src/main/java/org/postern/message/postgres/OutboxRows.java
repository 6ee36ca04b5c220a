package org.postern.message.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.postern.events.Event;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.Topic;
import org.postern.events.mail.MailEvent;
import org.postern.message.outbox.PendingEvent;

/** Reads and writes the outbox within a transaction. */
final class OutboxRows {
    private OutboxRows() {}

    static PendingEvent keep(Connection connection, Event event, EncodedEvent encoded, Instant now)
            throws SQLException {
        Together statements = new Together();
        keep(statements, event, encoded, now);
        return new PendingEvent(statements.run(connection).getFirst(), encoded);
    }

    /** Keeps an event; its number is its sequence. */
    static void keep(Together statements, Event event, EncodedEvent encoded, Instant now) {
        statements.add(
                """
                insert into message.outbox (tenant, mail_id, topic, key, headers, value, kept_at)
                values (?, ?::uuid, ?, ?, ?::jsonb, ?, ?) returning sequence
                """,
                event.tenant().value(),
                event instanceof MailEvent mail ? mail.messageId().value() : null,
                encoded.topic().topicName(),
                encoded.key(),
                Columns.json(encoded.headers()),
                encoded.json(),
                now);
    }

    static List<PendingEvent> lockOldest(Connection connection, Instant before, Instant orAfter, int most)
            throws SQLException {
        List<PendingEvent> events = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select sequence, topic, key, headers, value from message.outbox
                where kept_at < ? or kept_at > ? order by sequence limit ? for update skip locked
                """)) {
            Columns.set(select, before, orAfter, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    events.add(new PendingEvent(row.getLong("sequence"), encoded(row)));
                }
            }
        }
        return events;
    }

    private static EncodedEvent encoded(ResultSet row) throws SQLException {
        String topic = row.getString("topic");
        Map<String, String> headers = Columns.document(row, "headers", new TypeReference<>() {});
        return new EncodedEvent(
                Topic.named(topic).orElseThrow(() -> new IllegalStateException("the outbox names no topic of ours")),
                row.getString("key"),
                Objects.requireNonNull(headers),
                row.getString("value"));
    }

    static void delete(Connection connection, List<Long> sequences) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from message.outbox where sequence = any (?)")) {
            delete.setArray(1, connection.createArrayOf("bigint", sequences.toArray()));
            delete.executeUpdate();
        }
    }
}
