package org.postern.push.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postern.push.DatabaseAwayException;

/** Runs work in transactions and tells a database that is away from a statement that is wrong. */
public final class Transactions {
    private static final int REPETITIONS = 5;
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";

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
     * @throws DatabaseAwayException where the database is away
     */
    <T extends @Nullable Object> T run(Work<T> work) {
        for (int i = 1; ; i++) {
            try {
                return once(work);
            } catch (SQLException e) {
                boolean repeat = SERIALIZATION_FAILURE.equals(e.getSQLState()) || DEADLOCK.equals(e.getSQLState());
                if (i == REPETITIONS || !repeat) {
                    throw failure(e);
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
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBack(connection);
                }
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // A lost connection is rolled back by the server; what made us roll back is what counts.
        }
    }

    /** A statement, a value or a constraint at fault is a bug of ours, and trying again would not help. */
    private static RuntimeException failure(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("42")
                // Without the cause: its message quotes the row.
                ? new IllegalStateException("the database refuses a statement of ours, SQL state " + state)
                : new DatabaseAwayException(e);
    }

    /** Runs a statement that changes rows; how many it changed. */
    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            return statement.executeUpdate();
        }
    }

    /** Sets the parameters from 1 on; times in UTC. */
    static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            statement.setObject(i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
        }
    }
}
