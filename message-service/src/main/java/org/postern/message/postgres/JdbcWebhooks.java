package org.postern.message.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postern.database.Transactions;
import org.postern.events.Tenant;
import org.postern.events.codec.Topic;
import org.postern.message.webhook.Webhook;
import org.postern.message.webhook.Webhooks;

/** The webhooks in PostgreSQL. */
public final class JdbcWebhooks implements Webhooks {
    private final Transactions transactions;

    public JdbcWebhooks(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Webhook> of(Tenant tenant) {
        return transactions.run(connection ->
                WebhookRows.select(connection, "where w.tenant = ? order by w.created_at, w.id", tenant.value()));
    }

    @Override
    public Optional<Webhook> find(Tenant tenant, UUID id) {
        return transactions.run(connection ->
                WebhookRows.select(connection, "where w.tenant = ? and w.id = ?", tenant.value(), id).stream()
                        .findFirst());
    }

    @Override
    public boolean add(Webhook webhook, int most) {
        return transactions.run(connection -> {
            // One at a time for each tenant, or two would find the same room.
            try (PreparedStatement lock = connection.prepareStatement(
                            "select pg_advisory_xact_lock(hashtext('webhook'), hashtext(?))");
                    PreparedStatement insert = connection.prepareStatement("""
                        insert into message.webhook (tenant, id, url, topics, created_at)
                        select ?, ?, ?, ?::jsonb, ?
                        where (select count(*) from message.webhook where tenant = ?) < ?
                        """)) {
                Columns.set(lock, webhook.tenant().value());
                lock.execute();
                Columns.set(
                        insert,
                        webhook.tenant().value(),
                        webhook.id(),
                        webhook.url(),
                        Columns.json(webhook.topics().stream()
                                .map(Topic::topicName)
                                .sorted()
                                .toList()),
                        webhook.createdAt(),
                        webhook.tenant().value(),
                        most);
                return insert.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean remove(Tenant tenant, UUID id) {
        return changed("delete from message.webhook where tenant = ? and id = ?", tenant.value(), id);
    }

    @Override
    public Optional<Webhook> renewSecret(Tenant tenant, UUID id, Instant previousUntil) {
        return update(
                "set secret_version = secret_version + 1, previous_until = ? where w.tenant = ? and w.id = ?",
                previousUntil,
                tenant.value(),
                id);
    }

    @Override
    public Optional<Webhook> resume(Tenant tenant, UUID id) {
        return update(
                "set suspended_at = null, suspension = null, failures = 0, rest_until = null"
                        + " where w.tenant = ? and w.id = ?",
                tenant.value(),
                id);
    }

    @Override
    public void suspend(Tenant tenant, UUID id, Webhook.Suspension why, Instant now) {
        update(
                "set suspended_at = ?, suspension = ? where w.tenant = ? and w.id = ? and w.suspended_at is null",
                now,
                why.word(),
                tenant.value(),
                id);
    }

    @Override
    public List<Webhook> withSomethingDue(Instant now) {
        return transactions.run(connection -> WebhookRows.select(connection, """
            where w.suspended_at is null and (w.rest_until is null or w.rest_until <= ?)
            and exists (select from message.webhook_delivery d
                where d.webhook = w.id and d.state = 'waiting' and d.due_at <= ?)
            """, now, now));
    }

    private Optional<Webhook> update(String change, @Nullable Object... values) {
        return transactions.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update message.webhook w " + change + " returning " + WebhookRows.COLUMNS)) {
                Columns.set(update, values);
                try (ResultSet row = update.executeQuery()) {
                    return row.next() ? Optional.of(WebhookRows.webhook(row)) : Optional.empty();
                }
            }
        });
    }

    private boolean changed(String sql, @Nullable Object... values) {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                Columns.set(statement, values);
                return statement.executeUpdate() > 0;
            }
        });
    }
}
