package org.postern.message.postgres;

import java.util.function.Consumer;
import org.postern.database.Transactions;
import org.postern.events.Tenant;
import org.postern.message.dryrun.PastMessages;
import org.postern.message.ledger.MessageState;

/** The messages of the past, in PostgreSQL. */
public final class JdbcPastMessages implements PastMessages {
    private final Transactions transactions;

    public JdbcPastMessages(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void newest(Tenant tenant, int most, Consumer<MessageState> each) {
        transactions.run(connection -> {
            MailRows.eachNewest(connection, tenant, most, each);
            return true;
        });
    }
}
