package org.postern.message;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of this service, as its newest version has them. */
public final class MessageSchema {
    private MessageSchema() {}

    /** Makes them; the same database. */
    public static DataSource in(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .schemas("message")
                .createSchemas(true)
                .load()
                .migrate();
        return database;
    }
}
