package org.postern.message.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Statements that go to the database in one round trip, in their order; each sees what those before it did, and what others
 * have committed when it begins. On a connection that commits by itself ({@code Transactions.runApart}) they are one
 * transaction. One that fails takes the others with it.
 */
final class Together {
    private final StringJoiner sql = new StringJoiner(";\n");
    private final List<@Nullable Object> values = new ArrayList<>();
    private int statements;

    /** Adds a statement. Its rows, if it has any, begin with a number. */
    Together add(String statement, @Nullable Object... parameters) {
        sql.add(statement);
        values.addAll(Arrays.asList(parameters));
        statements++;
        return this;
    }

    /** Runs them. @return the numbers that the rows begin with, in the order of the statements */
    List<Long> run(Connection connection) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        if (statements == 0) {
            return numbers;
        }
        try (PreparedStatement all = connection.prepareStatement(sql.toString())) {
            Columns.set(all, values.toArray());
            boolean rows = all.execute();
            for (int i = 0; i < statements; i++) {
                if (rows) {
                    read(all, numbers);
                }
                rows = all.getMoreResults();
            }
        }
        return numbers;
    }

    private static void read(PreparedStatement all, List<Long> numbers) throws SQLException {
        try (ResultSet row = all.getResultSet()) {
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
        }
    }
}
