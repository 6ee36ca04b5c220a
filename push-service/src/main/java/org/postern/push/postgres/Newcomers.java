package org.postern.push.postgres;

import static org.postern.database.Statements.update;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.postern.database.Statements;
import org.postern.push.subscription.DeviceSubscription;

/** Counts the devices that each owner subscribes within an hour, whatever becomes of them. */
final class Newcomers {
    private static final Duration HOUR = Duration.ofHours(1);

    private Newcomers() {}

    /** Counts one more; how many there are within the hour now. */
    static int count(Connection connection, DeviceSubscription subscription, Instant now) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
            insert into push.newcomers as n (tenant, owner, begun_at, devices) values (?, ?, ?, 1)
            on conflict (tenant, owner) do update set
                begun_at = case when n.begun_at <= ? then excluded.begun_at else n.begun_at end,
                devices = case when n.begun_at <= ? then 1 else n.devices + 1 end
            returning devices
            """)) {
            Instant hourAgo = now.minus(HOUR);
            Statements.set(upsert, subscription.tenant().value(), subscription.owner(), now, hourAgo, hourAgo);
            try (ResultSet row = upsert.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Forgets those whose hour is over. */
    static void clear(Connection connection, Instant now) throws SQLException {
        update(connection, "delete from push.newcomers where begun_at <= ?", now.minus(HOUR));
    }
}
