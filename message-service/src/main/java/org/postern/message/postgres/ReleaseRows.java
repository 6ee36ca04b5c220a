package org.postern.message.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.postern.events.MailAddress;
import org.postern.message.quarantine.Entry;
import org.postern.message.quarantine.Release;

/** Reads and writes releases. */
final class ReleaseRows {
    private static final String OF = " where tenant = ? and mail_id = ? and id = ?";

    private ReleaseRows() {}

    /** Locks a release, which is known from then on; where it is done already, to whom. */
    static Optional<List<MailAddress>> lock(Connection connection, Release release) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into message.release (tenant, mail_id, id, recipients, actor, means, requested_at)
                values (?, ?, ?, ?::jsonb, ?, ?, ?) on conflict do nothing
                """)) {
            Columns.set(
                    insert,
                    release.actor().tenant().value(),
                    release.message().value(),
                    release.id().value(),
                    addresses(release.recipients()),
                    release.actor().name(),
                    release.means().word(),
                    release.at());
            insert.executeUpdate();
        }
        try (PreparedStatement select =
                connection.prepareStatement("select done_at, recipients from message.release" + OF + " for update")) {
            Columns.set(
                    select,
                    release.actor().tenant().value(),
                    release.message().value(),
                    release.id().value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getObject("done_at") != null
                        ? Optional.ofNullable(Columns.document(row, "recipients", new TypeReference<>() {}))
                        : Optional.empty();
            }
        }
    }

    static void done(Connection connection, Release release, List<Entry> taken, Instant now) throws SQLException {
        String tenant = release.actor().tenant().value();
        try (PreparedStatement update = connection.prepareStatement(
                "update message.release set done_at = ?, means = ?, recipients = ?::jsonb" + OF)) {
            Columns.set(
                    update,
                    now,
                    release.means().word(),
                    addresses(taken),
                    tenant,
                    release.message().value(),
                    release.id().value());
            update.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement("""
                update message.entry set released_at = ?
                where tenant = ? and mail_id = ? and received_at = ? and address = ?
                """)) {
            for (Entry entry : taken) {
                Columns.set(
                        update,
                        now,
                        tenant,
                        entry.id().value(),
                        entry.receivedAt(),
                        entry.recipient().value());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static String addresses(List<Entry> entries) {
        return Objects.requireNonNull(
                Columns.json(entries.stream().map(Entry::recipient).toList()));
    }
}
