package org.postern.push.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.identity.RevocationScope;
import org.postern.events.identity.RevokedIdentity;
import org.postern.events.push.AccountId;
import org.postern.push.Credentials;
import org.postern.push.SubscriptionTerms;
import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SubscriptionId;
import org.postern.push.subscription.Subscriptions;
import org.postern.push.subscription.VerificationCode;

class RevokedCredentialsIT {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RevokedIdentity SUBJECT = RevokedIdentity.subject("issuer", "alice");
    private static final RevokedIdentity SESSION = RevokedIdentity.session("issuer", "one");
    private static final RevokedIdentity OTHER_SESSION = RevokedIdentity.session("issuer", "two");

    private final PushDatabase database = new PushDatabase();
    private final JdbcSubscriptions subscriptions =
            new JdbcSubscriptions(database.transactions(), PushDatabase.secrets());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aDeviceEndsWithTheSessionItWasSubscribedInAndThoseOfOtherSessionsStay() {
        DeviceSubscription phone = subscribed("phone", NOW, SUBJECT, SESSION);
        DeviceSubscription laptop = subscribed("laptop", NOW, SUBJECT, OTHER_SESSION);
        database.verified(AccountId.of("account"), new Destination.Firebase("of-an-older-version", null), NOW);

        assertThat(subscriptions.revoke(revoked(SESSION, NOW.plusSeconds(300)))).isEqualTo(1);

        assertThat(database.texts("select id from push.subscription"))
                .hasSize(2)
                .contains(laptop.id().toString())
                .doesNotContain(phone.id().toString());
        assertThat(database.texts("select subscription_id from push.pending"))
                .containsExactly(laptop.id().toString());
    }

    @Test
    void whoeverLogsInAgainAfterBeingLockedOutKeepsWhatIsSubscribedThen() {
        subscribed("before", NOW, SUBJECT, SESSION);
        DeviceSubscription after = subscribed("after", NOW.plusSeconds(10), SUBJECT, OTHER_SESSION);

        IdentityRevoked lockedOut = revoked(SUBJECT, NOW.plusSeconds(5));
        assertThat(subscriptions.revoke(lockedOut)).isEqualTo(1);
        assertThat(subscriptions.revoke(lockedOut))
                .as("once more is as good as once")
                .isZero();

        assertThat(database.texts("select id from push.subscription"))
                .containsExactly(after.id().toString());
    }

    private static IdentityRevoked revoked(RevokedIdentity identity, Instant issuedUntil) {
        return new IdentityRevoked(
                Tenant.DEFAULT, RevocationScope.SESSION, identity, issuedUntil, NOW.plus(Duration.ofHours(1)));
    }

    private DeviceSubscription subscribed(String device, Instant issued, RevokedIdentity... identities) {
        DeviceSubscription subscription = new DeviceSubscription(
                SubscriptionId.random(),
                Tenant.DEFAULT,
                "alice",
                AccountId.of("account"),
                device,
                new Destination.WebPush("https://push.example.com/" + device, "p256dh", "auth"),
                "account",
                null,
                NOW.plus(Duration.ofDays(1)),
                false);
        assertThat(subscriptions.add(
                        subscription,
                        new Credentials(Set.of(identities), issued),
                        VerificationCode.random(),
                        new SubscriptionTerms(20, 60, Duration.ofDays(30)),
                        NOW))
                .isEqualTo(Subscriptions.Added.KEPT);
        return subscription;
    }
}
