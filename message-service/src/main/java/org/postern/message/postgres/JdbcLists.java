package org.postern.message.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.postern.database.Transactions;
import org.postern.events.Tenant;
import org.postern.message.policy.ListEntry;
import org.postern.message.policy.Lists;

/** The lists in PostgreSQL, remembered for a moment: they are looked at for every fact. */
public final class JdbcLists implements Lists {
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final String COLUMNS = "tenant, id, list, about, scope, expires_at, added_at";

    private final Transactions transactions;
    private final Clock clock;
    private volatile Snapshot remembered = Snapshot.EMPTY;

    public JdbcLists(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Snapshot now() {
        Snapshot snapshot = remembered;
        Instant now = clock.instant();
        if (Duration.between(snapshot.at(), now).abs().compareTo(MOMENT) < 0) {
            return snapshot;
        }
        Snapshot fresh = new Snapshot(
                transactions.run(connection -> select(connection, "where expires_at is null or expires_at > ?", now)),
                now);
        remembered = fresh;
        return fresh;
    }

    @Override
    public List<ListEntry> entries(Tenant tenant) {
        return transactions
                .run(connection -> select(connection, "where tenant = ? order by added_at desc, id", tenant.value()))
                .getOrDefault(tenant, List.of());
    }

    @Override
    public ListEntry add(Tenant tenant, ListEntry entry) {
        ListEntry kept = transactions.run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into message.list_entry (tenant, id, list, about, scope, expires_at, added_at)
                    values (?, ?, ?, ?, ?, ?::timestamptz, ?)
                    on conflict (tenant, list, about, coalesce(scope, '')) do update
                    set expires_at = excluded.expires_at, added_at = excluded.added_at
                    returning tenant, id, list, about, scope, expires_at, added_at
                    """)) {
                Columns.set(
                        insert,
                        tenant.value(),
                        entry.id(),
                        entry.list(),
                        entry.about(),
                        entry.scope(),
                        entry.expiresAt(),
                        entry.addedAt());
                try (ResultSet row = insert.executeQuery()) {
                    row.next();
                    return entry(row);
                }
            }
        });
        remembered = Snapshot.EMPTY;
        return kept;
    }

    @Override
    public Optional<ListEntry> remove(Tenant tenant, UUID id) {
        Optional<ListEntry> removed = transactions.run(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from message.list_entry where tenant = ? and id = ? returning " + COLUMNS)) {
                Columns.set(delete, tenant.value(), id);
                try (ResultSet row = delete.executeQuery()) {
                    return row.next() ? Optional.of(entry(row)) : Optional.empty();
                }
            }
        });
        remembered = Snapshot.EMPTY;
        return removed;
    }

    private static Map<Tenant, List<ListEntry>> select(Connection connection, String where, Object value)
            throws SQLException {
        Map<Tenant, List<ListEntry>> entries = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from message.list_entry " + where)) {
            Columns.set(select, value);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.computeIfAbsent(Tenant.of(row.getString("tenant")), tenant -> new ArrayList<>())
                            .add(entry(row));
                }
            }
        }
        return entries;
    }

    private static ListEntry entry(ResultSet row) throws SQLException {
        OffsetDateTime expires = row.getObject("expires_at", OffsetDateTime.class);
        return new ListEntry(
                Columns.uuid(row, "id"),
                row.getString("list"),
                row.getString("about"),
                row.getString("scope"),
                expires == null ? null : expires.toInstant(),
                Columns.time(row, "added_at"));
    }
}
