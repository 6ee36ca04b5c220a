package org.postern.push.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SubscriptionId;

/** Reads subscriptions. */
final class SubscriptionRows {
    static final String COLUMNS = "s.id, s.tenant, s.owner, s.account, s.device_client_id, s.channel, s.destination,"
            + " s.account_alias, s.types, s.expires_at, s.verified";

    private SubscriptionRows() {}

    static List<DeviceSubscription> select(Connection connection, String condition, @Nullable Object... values)
            throws SQLException {
        List<DeviceSubscription> found = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from push.subscription s where " + condition)) {
            Transactions.set(select, values);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(subscription(row));
                }
            }
        }
        return found;
    }

    static DeviceSubscription subscription(ResultSet row) throws SQLException {
        return new DeviceSubscription(
                new SubscriptionId(row.getObject("id", UUID.class)),
                Tenant.of(row.getString("tenant")),
                row.getString("owner"),
                AccountId.of(row.getString("account")),
                row.getString("device_client_id"),
                Documents.destination(row.getString("channel"), row.getString("destination")),
                row.getString("account_alias"),
                types(row.getArray("types")),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("verified"));
    }

    private static @Nullable Set<String> types(@Nullable Array array) throws SQLException {
        return array == null ? null : Set.of((String[]) array.getArray());
    }
}
