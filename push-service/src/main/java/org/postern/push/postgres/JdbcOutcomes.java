package org.postern.push.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.postern.database.Transactions;
import org.postern.events.push.PushOutcome;
import org.postern.push.Outcomes;

/** Outcomes that Kafka has not got yet, in PostgreSQL. */
public final class JdbcOutcomes implements Outcomes {
    private final Transactions transactions;

    public JdbcOutcomes(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public int tell(int most, Consumer<List<PushOutcome>> tell) {
        return transactions.run(connection -> {
            // Deleted first and told before the commit: a failure brings them back.
            List<PushOutcome> outcomes = new ArrayList<>();
            try (PreparedStatement take = connection.prepareStatement("""
                    delete from push.outbox where sequence in (
                        select sequence from push.outbox order by sequence limit ? for update skip locked)
                    returning outcome
                    """)) {
                take.setInt(1, most);
                try (ResultSet row = take.executeQuery()) {
                    while (row.next()) {
                        outcomes.add(Documents.outcome(row.getString("outcome")));
                    }
                }
            }
            if (!outcomes.isEmpty()) {
                tell.accept(outcomes);
            }
            return outcomes.size();
        });
    }
}
