package org.postern.push.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.postern.database.Statements;
import org.postern.push.delivery.Pace;
import org.postern.push.subscription.SubscriptionId;

/** Paces that are to be written together. */
final class Paces {
    private final Map<String, Entry> paces = new TreeMap<>();

    private record Entry(SubscriptionId device, Pace pace) {}

    /** The pace in a row; nothing where the device has none yet. */
    static Optional<Pace> read(ResultSet row) throws SQLException {
        OffsetDateTime sent = row.getObject("sent_at", OffsetDateTime.class);
        return sent == null
                ? Optional.empty()
                : Optional.of(new Pace(
                        row.getDouble("tokens"),
                        Duration.ofMillis(row.getLong("pause_ms")),
                        sent.toInstant(),
                        row.getObject("free_at", OffsetDateTime.class).toInstant(),
                        List.of((String[]) row.getArray("topics").getArray())));
    }

    void add(SubscriptionId device, Pace pace) {
        paces.put(device.toString(), new Entry(device, pace));
    }

    /** Writes them, in order, so that nobody waits in a circle. */
    void write(Connection connection) throws SQLException {
        if (paces.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into push.pace (subscription_id, tokens, pause_ms, sent_at, free_at, topics) values (?, ?, ?, ?, ?, ?)
                on conflict (subscription_id) do update set tokens = excluded.tokens, pause_ms = excluded.pause_ms,
                    sent_at = excluded.sent_at, free_at = excluded.free_at, topics = excluded.topics
                """)) {
            for (Entry entry : paces.values()) {
                Pace pace = entry.pace();
                Statements.set(
                        insert,
                        entry.device().value(),
                        pace.tokens(),
                        pace.pause().toMillis(),
                        pace.sentAt(),
                        pace.freeAt(),
                        connection.createArrayOf("text", pace.topics().toArray()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
