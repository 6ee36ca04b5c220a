package org.postern.push.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.push.PushSecrets;
import org.postern.push.subscription.AliasKey;
import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SecretTexts;
import org.postern.push.subscription.Subscriptions;

class SecretsAtRestIT {
    private static final String NEW_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    private static final AccountId ACCOUNT = AccountId.of("account");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Destination.WebPush BROWSER = new Destination.WebPush(
            "https://push.example.com/canary-path", "canary-key", "canary-secret", "a-key-of-ours");

    private final PushDatabase database = new PushDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whoHasTheDatabaseAndNothingElseCanPushToNobody() {
        database.verified(ACCOUNT, BROWSER, NOW);
        database.verified(ACCOUNT, new Destination.Firebase("canary-token", AliasKey.random()), NOW);

        assertThat(database.texts("select s::text from push.subscription s"))
                .hasSize(2)
                .noneMatch(row -> row.contains("canary"));
    }

    @Test
    void theKeyThatADevicesAccountIsRenamedWithIsSealedWithItsDestinationAndGoesWithIt() {
        AliasKey key = AliasKey.random();
        DeviceSubscription device = database.verified(ACCOUNT, new Destination.Firebase("canary-token", key), NOW);

        assertThat(database.texts("select s::text from push.subscription s"))
                .noneMatch(row -> row.contains(key.value()));
        assertThat(find(database, device, PushDatabase.secrets()).accountName()).isEqualTo(key.alias(ACCOUNT));

        subscriptions(PushDatabase.secrets()).delete(Tenant.DEFAULT, device.owner(), device.id());
        assertThat(database.texts("select s::text from push.subscription s")).isEmpty();
    }

    @Test
    void aDeviceThatAnOlderVersionSubscribedKeepsTheNameItKnowsItsAccountBy() {
        DeviceSubscription device = database.verified(ACCOUNT, new Destination.Firebase("canary-token", null), NOW);

        assertThat(find(database, device, PushDatabase.secrets()).accountName()).isEqualTo(device.accountAlias());
    }

    @Test
    void whatAnOlderVersionKeptInTheClearIsReadAndSealed() {
        DeviceSubscription device = database.verified(ACCOUNT, BROWSER, NOW);
        database.execute("update push.subscription set destination = '" + Documents.destination(BROWSER) + "'");
        assertThat(find(database, device, PushDatabase.secrets()).destination()).isEqualTo(BROWSER);

        assertThat(subscriptions(PushDatabase.secrets()).sealAnew()).isEqualTo(new Subscriptions.Sealed(1, 0));

        assertThat(database.texts("select destination from push.subscription"))
                .noneMatch(row -> row.contains("canary"));
        assertThat(find(database, device, PushDatabase.secrets()).destination()).isEqualTo(BROWSER);
        assertThat(subscriptions(PushDatabase.secrets()).sealAnew()).isEqualTo(new Subscriptions.Sealed(0, 0));
    }

    @Test
    void afterANewKeyEverythingIsSealedWithItAndTheOldOneCanGo() {
        DeviceSubscription device = database.verified(ACCOUNT, BROWSER, NOW);
        SecretTexts both = PushDatabase.secrets(NEW_KEY, PushSecrets.SECRETS_KEY);

        assertThat(subscriptions(both).sealAnew()).isEqualTo(new Subscriptions.Sealed(1, 0));

        assertThat(find(database, device, PushDatabase.secrets(NEW_KEY)).destination())
                .isEqualTo(BROWSER);
    }

    @Test
    void aDestinationWhoseKeyIsGoneIsLostAndHoldsNobodyElseUp() {
        DeviceSubscription lost = database.verified(ACCOUNT, BROWSER, NOW);
        SecretTexts other = PushDatabase.secrets(NEW_KEY);

        assertThat(find(database, lost, other).destination()).isInstanceOf(Destination.Lost.class);
        assertThat(subscriptions(other).sealAnew()).isEqualTo(new Subscriptions.Sealed(0, 1));
        assertThat(find(database, lost, PushDatabase.secrets()).destination()).isEqualTo(BROWSER);
    }

    private JdbcSubscriptions subscriptions(SecretTexts secrets) {
        return new JdbcSubscriptions(database.transactions(), secrets);
    }

    private static DeviceSubscription find(PushDatabase database, DeviceSubscription device, SecretTexts secrets) {
        return new JdbcSubscriptions(database.transactions(), secrets)
                .find(Tenant.DEFAULT, device.owner(), device.id(), NOW)
                .orElseThrow();
    }
}
