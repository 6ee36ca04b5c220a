package org.postern.message.postgres;

import java.sql.PreparedStatement;
import java.time.Instant;
import org.postern.events.EventId;
import org.postern.message.quarantine.ReleasePasses;

/** The passes that were used, in PostgreSQL. */
public final class JdbcUsedPasses implements ReleasePasses.Used {
    private final Transactions transactions;

    public JdbcUsedPasses(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean first(EventId pass, Instant at) {
        return transactions.run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into message.used_pass (pass, used_at) values (?, ?) on conflict do nothing")) {
                Columns.set(insert, pass.value(), at);
                return insert.executeUpdate() == 1;
            }
        });
    }
}
