package org.postern.message.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.Reason;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.quarantine.Entry;
import org.postern.message.quarantine.EntryFilter;

/** Reads entries. What is looked for goes into parameters, never into the statement. */
final class EntryRows {
    private static final String SELECT = """
            select mail_id, received_at, address, sender_domain, disposition, verdict, class, revision, reasons, size,
                handed, released_at
            from message.entry where tenant = ?
            """;

    private EntryRows() {}

    static List<Entry> search(
            Connection connection, Tenant tenant, EntryFilter filter, Entry.@Nullable Position after, int most)
            throws SQLException {
        StringBuilder sql = new StringBuilder(SELECT);
        List<Object> values = new ArrayList<>(List.of(tenant.value()));
        add(
                sql,
                values,
                " and disposition = ?",
                filter.disposition() == null ? null : filter.disposition().word());
        add(
                sql,
                values,
                " and recipient = lower(?)",
                filter.recipient() == null ? null : filter.recipient().value());
        add(sql, values, " and sender_domain = ?", filter.senderDomain());
        add(
                sql,
                values,
                " and class = ?",
                filter.mailClass() == null ? null : filter.mailClass().word());
        add(sql, values, " and received_at >= ?", filter.since());
        add(sql, values, " and received_at < ?", filter.until());
        add(sql, values, " and words @@ plainto_tsquery('simple', ?)", filter.words());
        add(sql, values, " and (released_at is not null) = ?", filter.released());
        add(
                sql,
                values,
                " and (handed = 'quarantine' and released_at is null"
                        + " and disposition in ('deliver', 'deliver-with-warning', 'junk')) = ?",
                filter.offered());
        if (after != null) {
            sql.append(" and (received_at, mail_id, recipient) < (?, ?, lower(?))");
            values.add(after.receivedAt());
            values.add(after.id().value());
            values.add(after.recipient());
        }
        // A number of ours, and not a parameter: a plan for any number of rows would not go along the index.
        sql.append(" order by received_at desc, mail_id desc, recipient desc limit ")
                .append(most);
        return select(connection, sql.toString(), values);
    }

    static List<Entry> of(Connection connection, Tenant tenant, MessageId id) throws SQLException {
        return select(connection, SELECT + " and mail_id = ? order by recipient", List.of(tenant.value(), id.value()));
    }

    private static void add(StringBuilder sql, List<Object> values, String part, @Nullable Object value) {
        if (value != null) {
            sql.append(part);
            values.add(value);
        }
    }

    private static List<Entry> select(Connection connection, String sql, List<Object> values) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Columns.set(select, values.toArray());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row));
                }
            }
        }
        return entries;
    }

    private static Entry entry(ResultSet row) throws SQLException {
        List<Reason> reasons = Columns.document(row, "reasons", new TypeReference<>() {});
        OffsetDateTime released = row.getObject("released_at", OffsetDateTime.class);
        return new Entry(
                new MessageId(Columns.uuid(row, "mail_id")),
                Columns.time(row, "received_at"),
                MailAddress.of(row.getString("address")),
                row.getString("sender_domain"),
                Columns.word(row.getString("disposition"), Disposition.values(), Disposition::word, Disposition.DEFER),
                Columns.word(
                        row.getString("verdict"), ScanVerdict.values(), ScanVerdict::word, ScanVerdict.INCONCLUSIVE),
                Columns.word(row.getString("class"), MailClass.values(), MailClass::word, MailClass.INCONCLUSIVE),
                row.getInt("revision"),
                Objects.requireNonNull(reasons),
                row.getLong("size"),
                handed(row),
                released == null ? null : released.toInstant());
    }

    private static @Nullable Disposition handed(ResultSet row) throws SQLException {
        String handed = row.getString("handed");
        return handed == null ? null : Columns.word(handed, Disposition.values(), Disposition::word, Disposition.DEFER);
    }
}
