package org.postern.push.wiring;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import org.postern.database.Away;
import org.postern.database.Transactions;
import org.postern.push.AccountStates;
import org.postern.push.DatabaseAwayException;
import org.postern.push.Outcomes;
import org.postern.push.account.DeliverySwitch;
import org.postern.push.config.DeliveryConfig;
import org.postern.push.config.FirebaseConfig;
import org.postern.push.config.SecretsConfig;
import org.postern.push.delivery.Allowance;
import org.postern.push.delivery.Allowances;
import org.postern.push.delivery.DeadPushes;
import org.postern.push.delivery.PendingPushes;
import org.postern.push.postgres.JdbcAccountStates;
import org.postern.push.postgres.JdbcDeadPushes;
import org.postern.push.postgres.JdbcDeliverySwitch;
import org.postern.push.postgres.JdbcOutcomes;
import org.postern.push.postgres.JdbcPendingPushes;
import org.postern.push.postgres.JdbcSubscriptions;
import org.postern.push.subscription.SecretTexts;
import org.postern.push.subscription.Subscriptions;
import org.postern.push.tink.TinkSecretTexts;

/** What is kept in PostgreSQL. */
final class PostgresBeans {
    @Produces
    @Singleton
    Transactions transactions(AgroalDataSource dataSource) {
        return new Transactions(dataSource, Away.of(DatabaseAwayException::new));
    }

    @Produces
    @Singleton
    SecretTexts secrets(SecretsConfig config) throws IOException {
        return TinkSecretTexts.ofFile(config.keyFile());
    }

    @Produces
    @Singleton
    Subscriptions subscriptions(Transactions transactions, SecretTexts secrets) {
        return new JdbcSubscriptions(transactions, secrets);
    }

    @Produces
    @Singleton
    AccountStates states(Transactions transactions) {
        return new JdbcAccountStates(transactions);
    }

    @Produces
    @Singleton
    PendingPushes pendingPushes(
            Transactions transactions, SecretTexts secrets, DeliveryConfig config, FirebaseConfig firebase) {
        Allowance webPush = new Allowance(1, Duration.ZERO, config.window(), config.longestWindow(), Integer.MAX_VALUE);
        return new JdbcPendingPushes(
                transactions,
                secrets,
                new Allowances(
                        webPush,
                        new Allowance(
                                firebase.burst(),
                                firebase.refill(),
                                config.window(),
                                config.longestWindow(),
                                firebase.collapseKeys())));
    }

    @Produces
    @Singleton
    DeadPushes deadPushes(Transactions transactions) {
        return new JdbcDeadPushes(transactions);
    }

    @Produces
    @Singleton
    Outcomes outcomes(Transactions transactions) {
        return new JdbcOutcomes(transactions);
    }

    @Produces
    @Singleton
    DeliverySwitch deliveries(Transactions transactions, DeliveryConfig config) {
        return new JdbcDeliverySwitch(transactions, config.emailDelivery());
    }
}
