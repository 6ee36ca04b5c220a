package org.postern.push.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;
import org.postern.push.AccountStates;
import org.postern.push.subscription.DeviceSubscription;

/** The newest states of accounts in PostgreSQL, and what they mean for devices. */
public final class JdbcAccountStates implements AccountStates {
    private final Transactions transactions;

    public JdbcAccountStates(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void remember(StateChanged change) {
        transactions.run(connection -> {
            upsert(connection, change);
            return true;
        });
    }

    @Override
    public void spread(StateChanged change, Duration window, Instant now) {
        transactions.run(connection -> {
            upsert(connection, change);
            var devices = SubscriptionRows.select(
                    connection,
                    "s.tenant = ? and s.account = ? and s.verified and s.expires_at > ? order by s.id",
                    change.tenant().value(),
                    change.account().value(),
                    now);
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into push.pending as p (subscription_id, changed, since, due_at) values (?, ?::jsonb, ?, ?)
                    on conflict (subscription_id) do update set
                        changed = coalesce(p.changed, '{}'::jsonb) || excluded.changed, version = p.version + 1
                    """)) {
                for (DeviceSubscription device : devices) {
                    Map<String, String> wanted = wanted(change, device);
                    if (!wanted.isEmpty()) {
                        Transactions.set(insert, device.id().value(), Documents.write(wanted), now, now.plus(window));
                        insert.addBatch();
                    }
                }
                insert.executeBatch();
            }
            return true;
        });
    }

    private static Map<String, String> wanted(StateChanged change, DeviceSubscription device) {
        return change.changed().entrySet().stream()
                .filter(entry -> device.wants(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void upsert(Connection connection, StateChanged change) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into push.account_state as a (tenant, account, type, state, changed_at) values (?, ?, ?, ?, ?)
                on conflict (tenant, account, type) do update set state = excluded.state, changed_at = excluded.changed_at
                where excluded.changed_at > a.changed_at
                """)) {
            // In order, so that two replicas that do the same do not wait for one another in a circle.
            for (Map.Entry<String, String> entry : new TreeMap<>(change.changed()).entrySet()) {
                Transactions.set(
                        insert,
                        change.tenant().value(),
                        change.account().value(),
                        entry.getKey(),
                        entry.getValue(),
                        change.at());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public Since since(Tenant tenant, AccountId account, Instant moment) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select type, state, changed_at from push.account_state where tenant = ? and account = ?")) {
                Transactions.set(select, tenant.value(), account.value());
                Map<String, String> states = new HashMap<>();
                Instant newest = Instant.EPOCH;
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        Instant changed = row.getObject("changed_at", OffsetDateTime.class)
                                .toInstant();
                        if (!changed.isBefore(moment)) {
                            states.put(row.getString("type"), row.getString("state"));
                        }
                        newest = changed.isAfter(newest) ? changed : newest;
                    }
                }
                return new Since(states, newest);
            }
        });
    }
}
