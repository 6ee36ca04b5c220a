package org.postern.message.postgres;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.postern.database.Transactions;
import org.postern.message.outbox.Outbox;
import org.postern.message.outbox.PendingEvent;

/** The outbox in PostgreSQL. */
public final class JdbcOutbox implements Outbox {
    private final Transactions transactions;

    public JdbcOutbox(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void forget(List<Long> sequences) {
        transactions.runApart(connection -> {
            OutboxRows.delete(connection, sequences);
            return true;
        });
    }

    @Override
    public int sweep(Instant before, Instant orAfter, int most, Function<List<PendingEvent>, List<Long>> tell) {
        return transactions.run(connection -> {
            List<PendingEvent> events = OutboxRows.lockOldest(connection, before, orAfter, most);
            if (!events.isEmpty()) {
                OutboxRows.delete(connection, tell.apply(events));
            }
            return events.size();
        });
    }
}
