package org.postern.push.postgres;

import static org.postern.database.Statements.update;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.postern.database.Statements;
import org.postern.database.Transactions;
import org.postern.events.Tenant;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.identity.RevokedIdentity;
import org.postern.events.push.PushChannel;
import org.postern.push.Credentials;
import org.postern.push.SubscriptionTerms;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SecretTexts;
import org.postern.push.subscription.SecretTexts.LostTextException;
import org.postern.push.subscription.SubscriptionId;
import org.postern.push.subscription.Subscriptions;
import org.postern.push.subscription.VerificationCode;

/** The subscriptions in PostgreSQL. */
public final class JdbcSubscriptions implements Subscriptions {
    private static final int MOST_FAILURES = 5;

    private static final int AT_ONCE = 500;

    private final Transactions transactions;
    private final SubscriptionRows rows;
    private final SecretTexts secrets;

    public JdbcSubscriptions(Transactions transactions, SecretTexts secrets) {
        this.transactions = transactions;
        this.rows = new SubscriptionRows(secrets);
        this.secrets = secrets;
    }

    @Override
    public Added add(
            DeviceSubscription subscription,
            Credentials credentials,
            VerificationCode code,
            SubscriptionTerms terms,
            Instant now) {
        return transactions.run(connection -> {
            lock(connection, subscription);
            if (othersOf(connection, subscription, now) >= terms.most()) {
                return Added.TOO_MANY;
            }
            if (Newcomers.count(connection, subscription, now) > terms.mostAnHour()) {
                return Added.TOO_OFTEN;
            }
            update(
                    connection,
                    "delete from push.subscription where tenant = ? and owner = ? and device_client_id = ?",
                    subscription.tenant().value(),
                    subscription.owner(),
                    subscription.deviceClientId());
            insert(connection, subscription, credentials, code, now);
            update(
                    connection,
                    "insert into push.pending (subscription_id, since, due_at) values (?, ?, ?)",
                    subscription.id().value(),
                    now,
                    now);
            return Added.KEPT;
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
            Statements.set(
                    select, subscription.tenant().value(), subscription.owner(), subscription.deviceClientId(), now);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private void insert(
            Connection connection,
            DeviceSubscription subscription,
            Credentials credentials,
            VerificationCode code,
            Instant now)
            throws SQLException {
        Set<String> types = subscription.types();
        update(
                connection,
                """
                insert into push.subscription (id, tenant, owner, account, device_client_id, channel, destination,
                    account_alias, types, expires_at, created_at, verification_code, identities, credentials_issued_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                subscription.id().value(),
                subscription.tenant().value(),
                subscription.owner(),
                subscription.account().value(),
                subscription.deviceClientId(),
                subscription.destination().channel().word(),
                rows.sealed(subscription.id(), subscription.destination()),
                subscription.accountAlias(),
                types == null ? null : connection.createArrayOf("text", types.toArray()),
                subscription.expires(),
                now,
                code.value(),
                connection.createArrayOf(
                        "text",
                        credentials.identities().stream()
                                .map(RevokedIdentity::value)
                                .toArray()),
                credentials.issued());
    }

    @Override
    public int revoke(IdentityRevoked revoked) {
        return transactions.run(connection -> update(
                connection,
                "delete from push.subscription where identities @> array[?::text] and credentials_issued_at <= ?",
                revoked.identity().value(),
                revoked.issuedUntil()));
    }

    @Override
    public Verification verify(Tenant tenant, String owner, SubscriptionId id, VerificationCode code, Instant now) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                select verification_code, verification_failures, verified from push.subscription
                where tenant = ? and owner = ? and id = ? and expires_at > ? for update
                """)) {
                Statements.set(select, tenant.value(), owner, id.value(), now);
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
        return transactions.run(connection -> rows.select(
                connection,
                "s.tenant = ? and s.owner = ? and s.expires_at > ? order by s.created_at, s.id",
                tenant.value(),
                owner,
                now));
    }

    @Override
    public Optional<DeviceSubscription> find(Tenant tenant, String owner, SubscriptionId id, Instant now) {
        return transactions
                .run(connection -> rows.select(
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
        return transactions.run(connection -> {
            Newcomers.clear(connection, now);
            return update(connection, "delete from push.subscription where expires_at <= ?", now);
        });
    }

    @Override
    public Map<PushChannel, Long> count() {
        return transactions.run(connection -> {
            Map<PushChannel, Long> counts = new EnumMap<>(PushChannel.class);
            try (PreparedStatement select = connection.prepareStatement(
                            "select channel, count(*) from push.subscription group by channel");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.put(Documents.channel(row.getString(1)), row.getLong(2));
                }
            }
            return counts;
        });
    }

    @Override
    public Sealed sealAnew() {
        int sealed = 0;
        int lost = 0;
        UUID last = new UUID(0, 0);
        for (int n = AT_ONCE; n == AT_ONCE; ) {
            SealedPage page = sealPage(last);
            sealed += page.sealed();
            lost += page.lost();
            last = page.last();
            n = page.sealed() + page.lost();
        }
        return new Sealed(sealed, lost);
    }

    private record SealedPage(int sealed, int lost, UUID last) {}

    private SealedPage sealPage(UUID after) {
        return transactions.run(connection -> {
            int sealed = 0;
            int lost = 0;
            UUID last = after;
            try (PreparedStatement select = connection.prepareStatement("""
                select id, destination from push.subscription
                where id > ? and not starts_with(destination, ?) order by id limit ? for no key update
                """)) {
                Statements.set(select, after, secrets.newest(), AT_ONCE);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        last = row.getObject("id", UUID.class);
                        try {
                            String text = secrets.open(row.getString("destination"), last.toString());
                            String again = secrets.seal(text, last.toString());
                            update(
                                    connection,
                                    "update push.subscription set destination = ? where id = ?",
                                    again,
                                    last);
                            sealed++;
                        } catch (LostTextException e) {
                            lost++;
                        }
                    }
                }
            }
            return new SealedPage(sealed, lost, last);
        });
    }
}
