package org.postern.push.postgres;

import static org.postern.database.Statements.update;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.postern.database.Statements;
import org.postern.database.Transactions;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;
import org.postern.push.AccountStates;

/** The newest states of accounts in PostgreSQL, and what they mean for devices. */
public final class JdbcAccountStates implements AccountStates {
    private final Transactions transactions;

    public JdbcAccountStates(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void remember(StateChanged change, long position) {
        transactions.run(connection -> {
            upsert(connection, change, position);
            return true;
        });
    }

    @Override
    public int spread(StateChanged change, long position, Duration window, Instant now) {
        return transactions.run(connection -> {
            upsert(connection, change, position);
            // One statement, whatever the number of devices: neither they nor their destinations come here.
            return update(
                    connection,
                    """
                    insert into push.pending as p (subscription_id, changed, since, due_at)
                    select s.id, w.wanted, ?, greatest(?, c.free_at)
                    from push.subscription s
                        left join push.pace c on c.subscription_id = s.id
                        cross join lateral (
                            select jsonb_object_agg(e.key, e.value) as wanted from jsonb_each(?::jsonb) e
                            where s.types is null or e.key = any(s.types)) w
                    where s.tenant = ? and s.account = ? and s.verified and s.expires_at > ? and w.wanted is not null
                    order by s.id
                    on conflict (subscription_id) do update set
                        changed = coalesce(p.changed, '{}'::jsonb) || excluded.changed,
                        version = nextval('push.pending_version'), merged = p.merged + 1
                    """,
                    now,
                    now.plus(window),
                    Documents.write(change.changed()),
                    change.tenant().value(),
                    change.account().value(),
                    now);
        });
    }

    private static void upsert(Connection connection, StateChanged change, long position) throws SQLException {
        // Later on the topic is newer. Where the topic was made anew, its positions begin anew, and time decides.
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into push.account_state as a (tenant, account, type, state, changed_at, position)
                values (?, ?, ?, ?, ?, ?)
                on conflict (tenant, account, type) do update
                set state = excluded.state, changed_at = excluded.changed_at, position = excluded.position
                where excluded.position > a.position or excluded.changed_at > a.changed_at
                """)) {
            // In order, so that two replicas that do the same do not wait for one another in a circle.
            for (Map.Entry<String, String> entry : new TreeMap<>(change.changed()).entrySet()) {
                Statements.set(
                        insert,
                        change.tenant().value(),
                        change.account().value(),
                        entry.getKey(),
                        entry.getValue(),
                        change.at(),
                        position);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public Since since(Tenant tenant, AccountId account, long position) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select type, state, position from push.account_state where tenant = ? and account = ?")) {
                Statements.set(select, tenant.value(), account.value());
                Map<String, String> newer = new HashMap<>();
                Map<String, String> all = new HashMap<>();
                long newest = -1;
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        long at = row.getLong("position");
                        all.put(row.getString("type"), row.getString("state"));
                        if (at > position) {
                            newer.put(row.getString("type"), row.getString("state"));
                        }
                        newest = Math.max(newest, at);
                    }
                }
                // Who has heard of more than there ever was comes from before the topic was made anew.
                return new Since(position > newest ? all : newer, newest);
            }
        });
    }
}
