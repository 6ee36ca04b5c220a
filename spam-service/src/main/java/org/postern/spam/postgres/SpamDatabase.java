package org.postern.spam.postgres;

import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.database.Away;
import org.postern.database.Transactions;
import org.postern.database.Work;
import org.postern.spam.DatabaseAwayException;

/**
 * The database, with its schema in place. Migrated at the first use that works and not at the start: mail is assessed without
 * a database too.
 */
public final class SpamDatabase {
    private static final Logger LOG = Logger.getLogger(SpamDatabase.class);

    private final Transactions transactions;
    private final AtomicBoolean away = new AtomicBoolean();

    /** @param migration brings the schema up to date, or throws where the database does not answer */
    public SpamDatabase(DataSource dataSource, Runnable migration) {
        this.transactions = new Transactions(dataSource, migration, Away.of(DatabaseAwayException::new));
    }

    /**
     * Does something, each statement a transaction of its own.
     *
     * @throws DatabaseAwayException where the database does not answer
     */
    <T extends @Nullable Object> T run(Work<T> work) {
        try {
            T result = transactions.runApart(work);
            if (away.compareAndSet(true, false)) {
                LOG.info("the database is back");
            }
            return result;
        } catch (RuntimeException e) {
            told(e);
            throw e;
        }
    }

    /** Said once, not for each mail. Without the driver's own words, which may quote a value. */
    private void told(RuntimeException failure) {
        if (away.compareAndSet(false, true)) {
            LOG.warnf(
                    "the database cannot be used: %s. Mail is assessed without it, words about mails wait",
                    failure instanceof DatabaseAwayException
                            ? "it is away ("
                                    + String.valueOf(failure.getCause()).split(":", 2)[0] + ")"
                            : failure.getMessage());
        }
    }
}
