package org.postern.push.postgres;

import static org.postern.push.postgres.Transactions.update;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postern.events.Tenant;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SubscriptionId;
import org.postern.push.subscription.Subscriptions;
import org.postern.push.subscription.VerificationCode;

/** The subscriptions in PostgreSQL. */
public final class JdbcSubscriptions implements Subscriptions {
    private static final int MOST_FAILURES = 5;

    private final Transactions transactions;

    public JdbcSubscriptions(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean add(DeviceSubscription subscription, VerificationCode code, int most, Instant now) {
        return transactions.run(connection -> {
            lock(connection, subscription);
            if (othersOf(connection, subscription, now) >= most) {
                return false;
            }
            update(
                    connection,
                    "delete from push.subscription where tenant = ? and owner = ? and device_client_id = ?",
                    subscription.tenant().value(),
                    subscription.owner(),
                    subscription.deviceClientId());
            insert(connection, subscription, code, now);
            update(
                    connection,
                    "insert into push.pending (subscription_id, since, due_at) values (?, ?, ?)",
                    subscription.id().value(),
                    now,
                    now);
            return true;
        });
    }

    /** One at a time for an owner, so that the limit holds however many come together. */
    private static void lock(Connection connection, DeviceSubscription subscription) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, subscription.tenant() + "/" + subscription.owner());
            lock.execute();
        }
    }

    private static int othersOf(Connection connection, DeviceSubscription subscription, Instant now)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select count(*) from push.subscription
                where tenant = ? and owner = ? and device_client_id <> ? and expires_at > ?
                """)) {
            Transactions.set(
                    select, subscription.tenant().value(), subscription.owner(), subscription.deviceClientId(), now);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static void insert(
            Connection connection, DeviceSubscription subscription, VerificationCode code, Instant now)
            throws SQLException {
        Set<String> types = subscription.types();
        update(
                connection,
                """
                insert into push.subscription (id, tenant, owner, account, device_client_id, channel, destination,
                    account_alias, types, expires_at, created_at, verification_code)
                values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
                """,
                subscription.id().value(),
                subscription.tenant().value(),
                subscription.owner(),
                subscription.account().value(),
                subscription.deviceClientId(),
                subscription.destination().channel().word(),
                Documents.destination(subscription.destination()),
                subscription.accountAlias(),
                types == null ? null : connection.createArrayOf("text", types.toArray()),
                subscription.expires(),
                now,
                code.value());
    }

    @Override
    public Verification verify(Tenant tenant, String owner, SubscriptionId id, VerificationCode code, Instant now) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select verification_code, verification_failures, verified from push.subscription
                    where tenant = ? and owner = ? and id = ? and expires_at > ? for update
                    """)) {
                Transactions.set(select, tenant.value(), owner, id.value(), now);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return Verification.UNKNOWN;
                    }
                    boolean right = new VerificationCode(row.getString("verification_code")).matches(code);
                    return judge(connection, id, right, row.getInt("verification_failures") + 1);
                }
            }
        });
    }

    private static Verification judge(Connection connection, SubscriptionId id, boolean right, int failures)
            throws SQLException {
        if (right) {
            update(connection, "update push.subscription set verified = true where id = ?", id.value());
            return Verification.VERIFIED;
        }
        if (failures >= MOST_FAILURES) {
            update(connection, "delete from push.subscription where id = ?", id.value());
            return Verification.DELETED;
        }
        update(connection, "update push.subscription set verification_failures = ? where id = ?", failures, id.value());
        return Verification.WRONG;
    }

    @Override
    public List<DeviceSubscription> of(Tenant tenant, String owner, Instant now) {
        return transactions.run(connection -> SubscriptionRows.select(
                connection,
                "s.tenant = ? and s.owner = ? and s.expires_at > ? order by s.created_at, s.id",
                tenant.value(),
                owner,
                now));
    }

    @Override
    public Optional<DeviceSubscription> find(Tenant tenant, String owner, SubscriptionId id, Instant now) {
        return transactions
                .run(connection -> SubscriptionRows.select(
                        connection,
                        "s.tenant = ? and s.owner = ? and s.id = ? and s.expires_at > ?",
                        tenant.value(),
                        owner,
                        id.value(),
                        now))
                .stream()
                .findFirst();
    }

    @Override
    public boolean delete(Tenant tenant, String owner, SubscriptionId id) {
        return transactions.run(connection -> update(
                        connection,
                        "delete from push.subscription where tenant = ? and owner = ? and id = ?",
                        tenant.value(),
                        owner,
                        id.value())
                > 0);
    }

    @Override
    public int clearExpired(Instant now) {
        return transactions.run(
                connection -> update(connection, "delete from push.subscription where expires_at <= ?", now));
    }
}
