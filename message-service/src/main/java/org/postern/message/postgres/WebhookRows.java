package org.postern.message.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.events.Tenant;
import org.postern.events.codec.Topic;
import org.postern.message.webhook.Webhook;

/** Reads webhooks within a transaction. */
final class WebhookRows {
    /** Of {@code message.webhook w}, in the order in which nobody relies on it. */
    static final String COLUMNS = "w.tenant, w.id, w.url, w.topics, w.created_at, w.secret_version, w.previous_until,"
            + " w.suspended_at, w.suspension, w.failures, w.rest_until";

    private WebhookRows() {}

    static List<Webhook> select(Connection connection, String where, @Nullable Object... values) throws SQLException {
        List<Webhook> webhooks = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from message.webhook w " + where)) {
            Columns.set(select, values);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    webhooks.add(webhook(row));
                }
            }
        }
        return webhooks;
    }

    static Webhook webhook(ResultSet row) throws SQLException {
        List<String> names = Objects.requireNonNull(Columns.document(row, "topics", new TypeReference<>() {}));
        String suspension = row.getString("suspension");
        return new Webhook(
                Tenant.of(row.getString("tenant")),
                Columns.uuid(row, "id"),
                row.getString("url"),
                topics(names),
                Columns.time(row, "created_at"),
                row.getInt("secret_version"),
                time(row, "previous_until"),
                time(row, "suspended_at"),
                suspension == null
                        ? null
                        : Columns.word(
                                suspension,
                                Webhook.Suspension.values(),
                                Webhook.Suspension::word,
                                Webhook.Suspension.GONE),
                row.getInt("failures"),
                time(row, "rest_until"));
    }

    /** What a newer version added is passed over. */
    private static Set<Topic> topics(List<String> names) {
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        names.forEach(name -> Topic.named(name).ifPresent(topics::add));
        return topics;
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
