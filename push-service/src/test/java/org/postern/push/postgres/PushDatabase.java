package org.postern.push.postgres;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.postern.database.Away;
import org.postern.database.Statements;
import org.postern.database.Transactions;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;
import org.postern.push.DatabaseAwayException;
import org.postern.push.PushSecrets;
import org.postern.push.delivery.Allowance;
import org.postern.push.delivery.Allowances;
import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SecretTexts;
import org.postern.push.subscription.SubscriptionId;
import org.postern.push.subscription.VerificationCode;
import org.postern.push.tink.TinkSecretTexts;
import org.postern.testsupport.PostgresDatabase;

/** A PostgreSQL with our schema, and what this service does with it, without the rest of the service. */
public final class PushDatabase implements AutoCloseable {
    /** Much later than any expiry in a test. */
    private static final Duration LONG = Duration.ofDays(365);

    /** Started once for all tests of the JVM. */
    private static final String URL =
            String.valueOf(new PostgresDatabase().start().get("quarkus.datasource.jdbc.url"));

    private final AgroalDataSource dataSource = open(URL);
    private final SecretTexts secrets = secrets();

    public PushDatabase() {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("push")
                .createSchemas(true)
                .locations("classpath:db/push")
                .load()
                .migrate();
        execute("truncate push.subscription, push.account_state, push.outbox, push.email_delivery, push.newcomers"
                + " cascade");
    }

    /** By what another process finds it. */
    public String url() {
        return URL;
    }

    /** Connections to a database that is there. */
    public static AgroalDataSource open(String url) {
        try {
            return AgroalDataSource.from(
                    new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool.maxSize(20)
                            .acquisitionTimeout(Duration.ofSeconds(20))
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                                    .principal(new NamePrincipal("postgres"))
                                    .credential(new SimplePassword("postgres")))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Transactions transactions() {
        return new Transactions(dataSource, Away.of(DatabaseAwayException::new));
    }

    /** The secrets of an installation, with these keys. */
    public static SecretTexts secrets(String... keys) {
        try {
            Path file = Files.createTempFile("secrets", ".key");
            Files.writeString(file, keys.length == 0 ? PushSecrets.SECRETS_KEY : String.join("\n", keys));
            return TinkSecretTexts.ofFile(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the service allows by default. */
    public static Allowances allowances() {
        Duration window = Duration.ofMillis(300);
        Duration longest = Duration.ofSeconds(30);
        return new Allowances(
                new Allowance(1, Duration.ZERO, window, longest, Integer.MAX_VALUE),
                new Allowance(20, Duration.ofMinutes(3), window, longest, 4));
    }

    public JdbcPendingPushes pending() {
        return new JdbcPendingPushes(transactions(), secrets(), allowances());
    }

    /** A device that has verified itself and waits for nothing. */
    public DeviceSubscription verified(AccountId account, Destination destination, Instant now) {
        DeviceSubscription subscription = new DeviceSubscription(
                SubscriptionId.random(),
                Tenant.DEFAULT,
                "owner-of-" + account,
                account,
                SubscriptionId.random().toString(),
                destination,
                "alias",
                null,
                now.plus(LONG),
                true);
        transactions()
                .run(connection -> Statements.update(
                        connection,
                        """
                        insert into push.subscription (id, tenant, owner, account, device_client_id, channel, destination,
                            account_alias, expires_at, created_at, verification_code, verified)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, true)
                        """,
                        subscription.id().value(),
                        subscription.tenant().value(),
                        subscription.owner(),
                        account.value(),
                        subscription.deviceClientId(),
                        destination.channel().word(),
                        new SubscriptionRows(secrets).sealed(subscription.id(), destination),
                        subscription.accountAlias(),
                        subscription.expires(),
                        now,
                        VerificationCode.random().value()));
        return subscription;
    }

    /** Spreads a change of one type. */
    public int change(AccountId account, String type, String state, long position, Instant now) {
        return new JdbcAccountStates(transactions())
                .spread(
                        new StateChanged(Tenant.DEFAULT, account, Map.of(type, state), now),
                        position,
                        Duration.ofMillis(300),
                        now);
    }

    public void execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of what a query gives, as text. */
    public List<String> texts(String sql) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(String.valueOf(row.getString(1)));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
