package org.postern.message.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.postern.events.EventId;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.Actor;

/** Reads and writes acts. */
final class AuditRows {
    private AuditRows() {}

    static void insert(Connection connection, Act act) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into message.audit (tenant, at, entry, actor, act, outcome, mail_id, target, detail)
                values (?, ?, ?, ?, ?, ?, ?::uuid, ?, ?)
                """)) {
            MessageId message = act.messageId();
            Columns.set(
                    insert,
                    act.actor().tenant().value(),
                    act.at(),
                    act.entry().value(),
                    act.actor().name(),
                    act.act().word(),
                    act.outcome().word(),
                    message == null ? null : message.value(),
                    act.target(),
                    act.detail());
            insert.executeUpdate();
        }
    }

    static Act act(ResultSet row) throws SQLException {
        Tenant tenant = Tenant.of(row.getString("tenant"));
        String actor = row.getString("actor");
        UUID message = row.getObject("mail_id", UUID.class);
        return new Act(
                new EventId(Columns.uuid(row, "entry")),
                new Actor(tenant, actor, actor),
                Columns.word(row.getString("act"), AuditedAct.values(), AuditedAct::word, AuditedAct.UNRECOGNISED),
                Columns.word(row.getString("outcome"), AuditOutcome.values(), AuditOutcome::word, AuditOutcome.FAILED),
                message == null ? null : new MessageId(message),
                row.getString("target"),
                row.getString("detail"),
                Columns.time(row, "at"));
    }
}
