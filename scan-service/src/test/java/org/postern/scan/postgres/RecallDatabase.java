package org.postern.scan.postgres;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.postern.database.Away;
import org.postern.database.Statements;
import org.postern.database.Transactions;
import org.postern.scan.recall.MemoryAwayException;
import org.postern.testsupport.PostgresDatabase;

/** A PostgreSQL with our schema, started once for all tests of the JVM. */
final class RecallDatabase {
    private static final String URL =
            String.valueOf(new PostgresDatabase().start().get("quarkus.datasource.jdbc.url"));
    private static final AgroalDataSource SOURCE = open();

    private RecallDatabase() {}

    /** Transactions on an empty schema. */
    static Transactions empty() {
        Transactions transactions = behind(() -> Flyway.configure()
                .dataSource(SOURCE)
                .schemas("scan")
                .createSchemas(true)
                .load()
                .migrate());
        transactions.run(connection ->
                Statements.update(connection, "truncate scan.memory, scan.recall_run, scan.recall_point cascade"));
        return transactions;
    }

    /** Transactions with another way of making the schema, which is there already. */
    static Transactions behind(Runnable schema) {
        return new Transactions(SOURCE, schema, Away.of(MemoryAwayException::new));
    }

    private static AgroalDataSource open() {
        try {
            return AgroalDataSource.from(
                    new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool.maxSize(10)
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(URL)
                                    .principal(new NamePrincipal("postgres"))
                                    .credential(new SimplePassword("postgres")))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
