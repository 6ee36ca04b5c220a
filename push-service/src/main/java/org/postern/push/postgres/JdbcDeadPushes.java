package org.postern.push.postgres;

import static org.postern.database.Statements.update;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postern.database.Statements;
import org.postern.database.Transactions;
import org.postern.events.Tenant;
import org.postern.push.delivery.DeadPush;
import org.postern.push.delivery.DeadPushes;
import org.postern.push.subscription.SubscriptionId;

/** The pushes that were given up, in PostgreSQL. */
public final class JdbcDeadPushes implements DeadPushes {
    private static final UUID FIRST = new UUID(0, 0);

    private final Transactions transactions;

    public JdbcDeadPushes(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<DeadPush> list(Tenant tenant, int most, @Nullable SubscriptionId after) {
        return transactions.run(connection -> {
            List<DeadPush> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("""
                    select d.subscription_id, s.channel, d.changed, d.reason, d.attempts, d.since, d.died_at
                    from push.dead_letter d join push.subscription s on s.id = d.subscription_id
                    where s.tenant = ? and d.subscription_id > ? order by d.subscription_id limit ?
                    """)) {
                Statements.set(select, tenant.value(), after == null ? FIRST : after.value(), most);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.add(dead(row));
                    }
                }
            }
            return found;
        });
    }

    private static DeadPush dead(ResultSet row) throws SQLException {
        return new DeadPush(
                new SubscriptionId(row.getObject("subscription_id", UUID.class)),
                Documents.channel(row.getString("channel")),
                Documents.texts(row.getString("changed")).keySet(),
                row.getString("reason"),
                row.getInt("attempts"),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getObject("died_at", OffsetDateTime.class).toInstant());
    }

    @Override
    public boolean redrive(Tenant tenant, SubscriptionId subscription, Instant now) {
        return move(tenant, subscription.value(), now) > 0;
    }

    @Override
    public int redriveAll(Tenant tenant, Instant now) {
        return move(tenant, null, now);
    }

    /** What the account's states are by now is what the device has to learn. */
    private int move(Tenant tenant, @Nullable UUID subscription, Instant now) {
        return transactions.run(
                connection -> update(connection, """
                with dead as (
                    delete from push.dead_letter d using push.subscription s
                    where s.id = d.subscription_id and s.tenant = ? and (?::uuid is null or d.subscription_id = ?::uuid)
                    returning d.subscription_id, d.changed, s.tenant, s.account)
                insert into push.pending as p (subscription_id, changed, since, due_at)
                select dead.subscription_id, dead.changed || coalesce(
                    (select jsonb_object_agg(a.type, a.state) from push.account_state a
                     where a.tenant = dead.tenant and a.account = dead.account and jsonb_exists(dead.changed, a.type)),
                    '{}'::jsonb), ?, ?
                from dead order by dead.subscription_id
                on conflict (subscription_id) do update set changed = excluded.changed || coalesce(p.changed, '{}'::jsonb),
                    version = nextval('push.pending_version'), merged = p.merged + 1
                """, tenant.value(), subscription, subscription, now, now));
    }

    @Override
    public boolean forget(Tenant tenant, SubscriptionId subscription) {
        return transactions.run(connection -> update(connection, """
                        delete from push.dead_letter d using push.subscription s
                        where s.id = d.subscription_id and s.tenant = ? and d.subscription_id = ?
                        """, tenant.value(), subscription.value()) > 0);
    }

    @Override
    public int clear(Instant before) {
        return transactions.run(
                connection -> update(connection, "delete from push.dead_letter where died_at < ?", before));
    }
}
