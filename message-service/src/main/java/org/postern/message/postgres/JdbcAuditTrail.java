package org.postern.message.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.database.Transactions;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.AuditTrail;
import org.postern.message.quarantine.Page;

/** The audit trail in PostgreSQL. */
public final class JdbcAuditTrail implements AuditTrail {
    private final Transactions transactions;
    private final KeptEvents events;

    public JdbcAuditTrail(Transactions transactions, KeptEvents events) {
        this.transactions = transactions;
        this.events = events;
    }

    @Override
    public void note(Act act) {
        events.tell(transactions.run(connection -> {
            AuditRows.insert(connection, act);
            return List.of(events.keep(connection, act.event(), TraceContext.start()));
        }));
    }

    @Override
    public Page<Act, Place> read(Tenant tenant, @Nullable MessageId message, @Nullable Place before, int most) {
        String sql = "select tenant, at, entry, actor, act, outcome, mail_id, target, detail from message.audit"
                + " where tenant = ?" + (message == null ? "" : " and mail_id = ?")
                + (before == null ? "" : " and (at, entry) < (?, ?)") + " order by at desc, entry desc limit ?";
        List<Object> values = new ArrayList<>(List.of(tenant.value()));
        if (message != null) {
            values.add(message.value());
        }
        if (before != null) {
            values.add(before.at());
            values.add(before.entry().value());
        }
        values.add(most + 1);
        List<Act> acts = transactions.run(connection -> {
            List<Act> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                Columns.set(select, values.toArray());
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.add(AuditRows.act(row));
                    }
                }
            }
            return found;
        });
        if (acts.size() <= most) {
            return new Page<>(acts, null);
        }
        Act last = acts.get(most - 1);
        return new Page<>(acts.subList(0, most), new Place(last.at(), last.entry()));
    }
}
