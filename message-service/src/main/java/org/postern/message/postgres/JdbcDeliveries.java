package org.postern.message.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postern.database.Transactions;
import org.postern.events.EventId;
import org.postern.events.Tenant;
import org.postern.message.outlet.ToldEvent;
import org.postern.message.webhook.Deliveries;
import org.postern.message.webhook.Delivery;
import org.postern.message.webhook.Webhook;

/** What waits for webhooks, in PostgreSQL. Who wants what is remembered for a moment: it is looked at for every event. */
public final class JdbcDeliveries implements Deliveries {
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final Transactions transactions;
    private final Clock clock;
    private volatile Remembered remembered = new Remembered(Instant.EPOCH, List.of());

    public JdbcDeliveries(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Remembered(Instant at, List<Webhook> webhooks) {}

    @Override
    public int keep(List<ToldEvent> events, Instant now) {
        // One that was added since is asked for again, or an event told after it was added would pass it by.
        if (events.stream().allMatch(event -> inForce(event.at()).isEmpty())) {
            return 0;
        }
        return transactions.run(connection -> {
            List<Webhook> webhooks = select(connection);
            int kept = 0;
            // Locked, so that one that is removed at this moment is waited for, and is not there then.
            try (PreparedStatement insert = connection.prepareStatement("""
                insert into message.webhook_delivery (tenant, webhook, event, topic, body, since, due_at)
                select w.tenant, w.id, ?, ?, ?, ?, ? from message.webhook w where w.tenant = ? and w.id = ?
                for key share on conflict do nothing
                """)) {
                for (ToldEvent event : events) {
                    for (Webhook webhook : webhooks) {
                        if (webhook.tenant().equals(event.tenant()) && webhook.wants(event.topic(), event.at())) {
                            Columns.set(
                                    insert,
                                    event.id().value(),
                                    event.topic().topicName(),
                                    event.document(),
                                    now,
                                    now,
                                    webhook.tenant().value(),
                                    webhook.id());
                            kept += insert.executeUpdate();
                        }
                    }
                }
            }
            return kept;
        });
    }

    @Override
    public boolean isAwaited(Instant told) {
        return !inForce(told).isEmpty();
    }

    private List<Webhook> inForce(Instant told) {
        Remembered now = remembered;
        if (now.at().isBefore(told)
                || Duration.between(now.at(), clock.instant()).abs().compareTo(MOMENT) > 0) {
            Instant at = clock.instant();
            now = new Remembered(at, transactions.run(JdbcDeliveries::select));
            remembered = now;
        }
        return now.webhooks();
    }

    private static List<Webhook> select(Connection connection) throws SQLException {
        return WebhookRows.select(connection, "where w.suspended_at is null");
    }

    @Override
    public Optional<Delivery> take(Webhook webhook, Duration lease, Instant now) {
        return transactions.run(connection -> {
            try (PreparedStatement take = connection.prepareStatement("""
                update message.webhook_delivery d set due_at = ?, attempts = d.attempts + 1
                from message.webhook w
                where w.tenant = d.tenant and w.id = d.webhook and w.suspended_at is null
                and d.webhook = ? and d.event = (
                    select event from message.webhook_delivery
                    where webhook = ? and state = 'waiting' and due_at <= ?
                    order by due_at limit 1 for update skip locked)
                returning d.event, d.body, d.since, d.attempts,\
                """ + " " + WebhookRows.COLUMNS)) {
                Columns.set(take, now.plus(lease), webhook.id(), webhook.id(), now);
                try (ResultSet row = take.executeQuery()) {
                    return row.next() ? Optional.of(delivery(row)) : Optional.empty();
                }
            }
        });
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                WebhookRows.webhook(row),
                new EventId(Columns.uuid(row, "event")),
                row.getString("body"),
                Columns.time(row, "since"),
                row.getInt("attempts"));
    }

    @Override
    public void delivered(Delivery delivery, Instant now) {
        transactions.run(connection -> {
            settle(connection, delivery, "state = 'delivered', body = '', reason = null, at = ?", now);
            return update(
                    connection,
                    "update message.webhook set failures = 0, rest_until = null"
                            + " where tenant = ? and id = ? and failures > 0",
                    delivery.webhook().tenant().value(),
                    delivery.webhook().id());
        });
    }

    @Override
    public void retry(Delivery delivery, Instant due, String reason, @Nullable Instant restUntil) {
        transactions.run(connection -> {
            settle(connection, delivery, "due_at = ?, reason = ?", due, reason);
            return blame(connection, delivery, restUntil);
        });
    }

    @Override
    public void giveUp(Delivery delivery, String reason, Instant now, @Nullable Instant restUntil) {
        transactions.run(connection -> {
            settle(connection, delivery, "state = 'dead', reason = ?, at = ?", reason, now);
            return blame(connection, delivery, restUntil);
        });
    }

    private static void settle(Connection connection, Delivery delivery, String change, Object... values)
            throws SQLException {
        List<Object> all = new ArrayList<>(List.of(values));
        all.add(delivery.webhook().id());
        all.add(delivery.event().value());
        update(
                connection,
                "update message.webhook_delivery set " + change
                        + " where webhook = ? and event = ? and state = 'waiting'",
                all.toArray());
    }

    private static int blame(Connection connection, Delivery delivery, @Nullable Instant restUntil)
            throws SQLException {
        return restUntil == null
                ? 0
                : update(
                        connection,
                        "update message.webhook set failures = failures + 1, rest_until = ? where tenant = ? and id ="
                                + " ?",
                        restUntil,
                        delivery.webhook().tenant().value(),
                        delivery.webhook().id());
    }

    @Override
    public List<Dead> dead(Tenant tenant, UUID webhook, @Nullable EventId after, int most) {
        return transactions.run(connection -> {
            List<Dead> dead = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("""
                select event, topic, since, attempts, reason, at from message.webhook_delivery
                where tenant = ? and webhook = ? and state = 'dead' and (?::uuid is null or event > ?::uuid)
                order by event limit ?
                """)) {
                UUID place = after == null ? null : after.value();
                Columns.set(select, tenant.value(), webhook, place, place, most);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        dead.add(new Dead(
                                new EventId(Columns.uuid(row, "event")),
                                row.getString("topic"),
                                Columns.time(row, "since"),
                                row.getInt("attempts"),
                                row.getString("reason"),
                                Columns.time(row, "at")));
                    }
                }
            }
            return dead;
        });
    }

    @Override
    public int redrive(Tenant tenant, UUID webhook, @Nullable EventId only, Instant now) {
        UUID event = only == null ? null : only.value();
        return transactions.run(connection -> update(connection, """
            update message.webhook_delivery set state = 'waiting', since = ?, due_at = ?, attempts = 0, at = null
            where tenant = ? and webhook = ? and state = 'dead' and (?::uuid is null or event = ?::uuid)
            """, now, now, tenant.value(), webhook, event, event));
    }

    @Override
    public Counts counts(Tenant tenant, UUID webhook) {
        return transactions.run(connection -> {
            try (PreparedStatement count = connection.prepareStatement("""
                select count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'dead')
                as dead from message.webhook_delivery where tenant = ? and webhook = ? and state <> 'delivered'
                """)) {
                Columns.set(count, tenant.value(), webhook);
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    return new Counts(row.getLong("waiting"), row.getLong("dead"));
                }
            }
        });
    }

    @Override
    public void waitNoLongerThan(Instant tooFar, Instant now) {
        transactions.run(connection -> {
            update(connection, "update message.webhook set rest_until = null where rest_until > ?", tooFar);
            return update(
                    connection,
                    "update message.webhook_delivery set due_at = ? where state = 'waiting' and due_at > ?",
                    now,
                    tooFar);
        });
    }

    @Override
    public void tidy(Instant tooOld, Instant forgetDelivered, Instant forgetDead, int mostWaiting, Instant now) {
        transactions.run(connection -> {
            update(connection, """
                update message.webhook_delivery set state = 'dead', reason = coalesce(reason, 'suspended'), at = ?
                where state = 'waiting' and since < ? and due_at <= ?
                """, now, tooOld, now);
            update(
                    connection,
                    "delete from message.webhook_delivery where state = 'delivered' and at < ?",
                    forgetDelivered);
            update(connection, "delete from message.webhook_delivery where state = 'dead' and at < ?", forgetDead);
            // The oldest go first: a webhook is not stopped for what it once did not take.
            update(connection, """
                delete from message.webhook_delivery where (webhook, event) in (
                    select webhook, event from (
                        select webhook, event, row_number() over (partition by webhook order by at desc) as place
                        from message.webhook_delivery where state = 'dead') dead
                    where place > ?)
                """, mostWaiting);
            int suspended = update(connection, """
                update message.webhook set suspended_at = ?, suspension = ? where suspended_at is null and id in (
                    select webhook from message.webhook_delivery where state = 'waiting'
                    group by webhook having count(*) > ?)
                """, now, Webhook.Suspension.TOO_MANY_WAITING.word(), mostWaiting);
            if (suspended > 0) {
                update(connection, """
                    update message.webhook_delivery set state = 'dead', reason = 'suspended', at = ?
                    where (webhook, event) in (
                        select webhook, event from (
                            select webhook, event, row_number() over (partition by webhook order by since desc) as place
                            from message.webhook_delivery where state = 'waiting' and webhook in (
                                select id from message.webhook where suspended_at = ? and suspension = ?)) waiting
                        where place > ?)
                    """, now, now, Webhook.Suspension.TOO_MANY_WAITING.word(), (mostWaiting + 1) / 2);
            }
            return suspended;
        });
    }

    private static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            Columns.set(update, values);
            return update.executeUpdate();
        }
    }
}
