package org.postern.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs work in transactions and tells a database that is away from a statement that is wrong. */
public final class Transactions {
    private static final int TRIES = 5;
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    // Two at once wrote what is there once: repeated, the loser finds the winner's row.
    private static final String UNIQUE_VIOLATION = "23505";
    /** "Data exception", "integrity constraint violation", "syntax error or access rule violation". */
    private static final Set<String> FAULTS_OF_OURS = Set.of("22", "23", "42");

    private final DataSource dataSource;
    private final SchemaBeforeUse schema;
    private final Away away;

    /** @param away what is thrown where the database is away */
    public Transactions(DataSource dataSource, Away away) {
        this(dataSource, () -> {}, away);
    }

    /**
     * @param migration makes the schema, or brings it up to date; run before the first transaction and not at the start of the
     *     service. Throws whatever it likes where the database is away
     * @param away what is thrown where the database is away
     */
    public Transactions(DataSource dataSource, Runnable migration, Away away) {
        this.dataSource = dataSource;
        this.schema = new SchemaBeforeUse(migration);
        this.away = away;
    }

    /**
     * Runs the work, and commits it. It is repeated where the database asks for that.
     *
     * @throws RefusedStatementException where a statement is at fault
     */
    public <T extends @Nullable Object> T run(Work<T> work) {
        bringSchema();
        for (int i = 1; ; i++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (i == TRIES || !isWorthRepeating(e)) {
                    throw failure(e, false);
                }
            }
        }
    }

    /**
     * Runs the work, each statement a transaction of its own. Nothing is repeated.
     *
     * @throws RefusedStatementException where a statement is at fault
     */
    public <T extends @Nullable Object> T runApart(Work<T> work) {
        bringSchema();
        try (Connection connection = dataSource.getConnection()) {
            return work.in(connection);
        } catch (SQLException e) {
            throw failure(e, false);
        }
    }

    private void bringSchema() {
        try {
            schema.ensure();
        } catch (RuntimeException e) {
            throw away.because(e, false);
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

    private void commit(Connection connection) throws SQLException {
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

    private RuntimeException failure(SQLException e, boolean uncertain) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.length() == 5 && FAULTS_OF_OURS.contains(state.substring(0, 2))
                ? new RefusedStatementException(state)
                : away.because(e, uncertain);
    }
}
