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
import org.postern.database.Statements;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SecretTexts;
import org.postern.push.subscription.SubscriptionId;

/** Reads subscriptions, whose destinations are sealed for their ids. */
final class SubscriptionRows {
    static final String COLUMNS = "s.id, s.tenant, s.owner, s.account, s.device_client_id, s.channel, s.destination,"
            + " s.account_alias, s.types, s.expires_at, s.verified";

    private final SecretTexts secrets;

    SubscriptionRows(SecretTexts secrets) {
        this.secrets = secrets;
    }

    List<DeviceSubscription> select(Connection connection, String condition, @Nullable Object... values)
            throws SQLException {
        List<DeviceSubscription> found = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from push.subscription s where " + condition)) {
            Statements.set(select, values);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(subscription(row));
                }
            }
        }
        return found;
    }

    DeviceSubscription subscription(ResultSet row) throws SQLException {
        SubscriptionId id = new SubscriptionId(row.getObject("id", UUID.class));
        return new DeviceSubscription(
                id,
                Tenant.of(row.getString("tenant")),
                row.getString("owner"),
                AccountId.of(row.getString("account")),
                row.getString("device_client_id"),
                destination(id, row.getString("channel"), row.getString("destination")),
                row.getString("account_alias"),
                types(row.getArray("types")),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("verified"));
    }

    String sealed(SubscriptionId id, Destination destination) {
        return secrets.seal(Documents.destination(destination), id.toString());
    }

    private Destination destination(SubscriptionId id, String channel, String sealed) {
        try {
            return Documents.destination(channel, secrets.open(sealed, id.toString()));
        } catch (SecretTexts.LostTextException e) {
            return new Destination.Lost(Documents.channel(channel));
        }
    }

    static @Nullable Set<String> types(@Nullable Array array) throws SQLException {
        return array == null ? null : Set.of((String[]) array.getArray());
    }
}
