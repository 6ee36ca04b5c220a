package org.postern.message.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postern.message.LedgerUnavailableException;

/** Runs work in transactions and tells a database that is away from a statement that is wrong. */
public final class Transactions {
    private static final int REPETITIONS = 5;
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    // Two at once wrote what is there once: repeated, the loser finds the winner's row.
    private static final String UNIQUE_VIOLATION = "23505";

    private final DataSource dataSource;

    public Transactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T in(Connection connection) throws SQLException;
    }

    /**
     * Runs the work, and commits it. It is repeated where the database asks for that.
     *
     * @throws LedgerUnavailableException where the database is away
     */
    <T extends @Nullable Object> T run(Work<T> work) {
        for (int i = 1; ; i++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (i == REPETITIONS || !isWorthRepeating(e)) {
                    throw failure(e, false);
                }
            }
        }
    }

    private <T extends @Nullable Object> T once(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.in(connection);
                commit(connection);
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBack(connection);
                }
            }
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (isWorthRepeating(e)) {
                throw e;
            }
            throw failure(e, true);
        }
    }

    private static boolean isWorthRepeating(SQLException e) {
        String state = e.getSQLState();
        return SERIALIZATION_FAILURE.equals(state) || DEADLOCK.equals(state) || UNIQUE_VIOLATION.equals(state);
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // A lost connection is rolled back by the server; what made us roll back is what counts.
        }
    }

    /** A statement, a value or a constraint at fault is a bug of ours, and trying again would not help. */
    static RuntimeException failure(SQLException e, boolean uncertain) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("42")
                ? new IllegalStateException("the database refuses a statement of ours, SQL state " + state, e)
                : new LedgerUnavailableException(e, uncertain);
    }
}
