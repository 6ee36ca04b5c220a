package org.postern.spam.postgres;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.postern.testsupport.PostgresDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL with our schema. */
final class RealDatabase implements AutoCloseable {
    private final PostgresDatabase postgres = new PostgresDatabase();
    private final SpamDatabase database;

    RealDatabase() {
        Map<String, String> config = postgres.start();
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(config.get("quarkus.datasource.jdbc.url"));
        dataSource.setUser(config.get("quarkus.datasource.username"));
        dataSource.setPassword(config.get("quarkus.datasource.password"));
        Flyway flyway = Flyway.configure()
                .dataSource(dataSource)
                .schemas("spam")
                .createSchemas(true)
                .load();
        database = new SpamDatabase(dataSource, flyway::migrate);
    }

    SpamDatabase database() {
        return database;
    }

    /** All that a table holds, as text. */
    List<String> rows(String table) {
        return database.run(connection -> {
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery("select t::text from spam." + table + " t")) {
                List<String> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(row.getString(1));
                }
                return rows;
            }
        });
    }

    void empty() {
        database.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("truncate spam.contact, spam.circle, spam.learned");
            }
        });
    }

    @Override
    public void close() {
        postgres.stop();
    }
}
