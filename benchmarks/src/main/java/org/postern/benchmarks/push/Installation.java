package org.postern.benchmarks.push;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.postern.push.subscription.SecretTexts;
import org.postern.push.tink.TinkSecretTexts;
import org.postern.push.webpush.VapidKeys;
import org.postern.testsupport.PostgresDatabase;

/** What push-service has around it: keys of its own, and a PostgreSQL with its schema. */
final class Installation implements AutoCloseable {
    private static final int CONNECTIONS = 20;
    private static final int KEY_BYTES = 32;

    private final PostgresDatabase postgres = new PostgresDatabase();
    private final AgroalDataSource database;
    private final SecretTexts secrets;

    Installation() throws IOException, SQLException {
        this.database = open(String.valueOf(postgres.start().get("quarkus.datasource.jdbc.url")));
        this.secrets = secrets();
        Flyway.configure()
                .dataSource(database)
                .schemas("push")
                .createSchemas(true)
                .locations("classpath:db/push")
                .load()
                .migrate();
    }

    AgroalDataSource database() {
        return database;
    }

    SecretTexts secretTexts() {
        return secrets;
    }

    private static AgroalDataSource open(String url) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(CONNECTIONS)
                        .acquisitionTimeout(Duration.ofSeconds(20))
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                                .principal(new NamePrincipal("postgres"))
                                .credential(new SimplePassword("postgres")))));
    }

    private static SecretTexts secrets() throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return TinkSecretTexts.ofFile(file(Base64.getEncoder().encodeToString(key)));
    }

    static VapidKeys vapid() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            String text = pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                    + pem("PUBLIC KEY", pair.getPublic().getEncoded());
            return VapidKeys.ofFile(file(text), Optional.empty(), Clock.systemUTC());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    private static String pem(String what, byte[] key) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(key) + "\n-----END " + what
                + "-----\n";
    }

    private static Path file(String text) throws IOException {
        Path file = Files.createTempFile("postern-bench-", ".key");
        file.toFile().deleteOnExit();
        return Files.writeString(file, text);
    }

    @Override
    public void close() {
        database.close();
        postgres.stop();
    }
}
