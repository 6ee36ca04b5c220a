package org.postern.message.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.message.quarantine.Moment;

/** Reads what happened to a message. */
final class LifeRows {
    private static final String SELECT = """
            with m as (select * from message.mail where tenant = ? and id = ?)
            select at, what, detail from (
                select (received ->> 'receivedAt')::timestamptz as at, 1 as step, 'received' as what,
                    received ->> 'path' as detail from m
                union all
                select (scan ->> 'at')::timestamptz, 2, 'scanned', scan -> 'result' ->> 'verdict' from m
                union all
                select (assessment ->> 'at')::timestamptz, 3, 'assessed', assessment -> 'result' ->> 'class' from m
                union all
                select judged_at, 4, 'judged', 'revision ' || revision from message.judgement
                    where tenant = ? and mail_id = ?
                union all
                select handed_over_at, 5, 'handed-over', 'revision ' || revision from message.judgement
                    where tenant = ? and mail_id = ?
                union all
                select at, 6, act, outcome || coalesce(' ' || detail, '') from message.audit
                    where tenant = ? and mail_id = ?
            ) moments
            where at is not null order by at, step limit 500
            """;

    private LifeRows() {}

    static List<Moment> of(Connection connection, Tenant tenant, MessageId id) throws SQLException {
        List<Moment> moments = new ArrayList<>();
        String whose = tenant.value();
        UUID which = id.value();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            Columns.set(select, whose, which, whose, which, whose, which, whose, which);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    moments.add(new Moment(Columns.time(row, "at"), row.getString("what"), row.getString("detail")));
                }
            }
        }
        return moments;
    }
}
