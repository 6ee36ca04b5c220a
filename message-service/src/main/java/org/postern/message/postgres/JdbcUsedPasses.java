package org.postern.message.postgres;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;
import org.postern.database.Transactions;
import org.postern.events.EventId;
import org.postern.message.quarantine.ReleasePasses;

/** The passes that were used, in PostgreSQL. */
public final class JdbcUsedPasses implements ReleasePasses.Used {
    private final Transactions transactions;

    public JdbcUsedPasses(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean first(List<EventId> uses, Instant at) {
        return transactions.run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                insert into message.used_pass (pass, used_at)
                select u.pass::uuid, ? from unnest(?) as u (pass)
                where not exists (
                    select 1 from message.used_pass p where p.pass = any (?::uuid[]))
                """)) {
                Array passes = connection.createArrayOf(
                        "text", uses.stream().map(EventId::toString).distinct().toArray());
                Columns.set(insert, at, passes, passes);
                // Two at once: the later one runs into the primary key, is repeated, and finds the earlier one's rows.
                return insert.executeUpdate() > 0;
            }
        });
    }
}
