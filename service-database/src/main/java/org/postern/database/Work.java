package org.postern.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a connection. It may be done more than once, so it changes nothing but the database.
 *
 * @param <T> what it answers
 */
@FunctionalInterface
public interface Work<T extends @Nullable Object> {
    /** @throws SQLException what the driver says */
    T in(Connection connection) throws SQLException;
}
