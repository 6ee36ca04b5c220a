package org.postern.push.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.push.Credentials;
import org.postern.push.SubscriptionTerms;
import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SubscriptionId;
import org.postern.push.subscription.Subscriptions.Added;
import org.postern.push.subscription.VerificationCode;

/** Somebody who subscribes again and again has us push to wherever they say. */
class NewcomersIT {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SubscriptionTerms TERMS = new SubscriptionTerms(20, 3, Duration.ofDays(30));

    private final PushDatabase database = new PushDatabase();
    private final JdbcSubscriptions subscriptions =
            new JdbcSubscriptions(database.transactions(), PushDatabase.secrets());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsDeletedAgainCountsAllTheSame() {
        for (int i = 0; i < 3; i++) {
            assertThat(subscribe("mallory", NOW)).isEqualTo(Added.KEPT);
            database.execute("delete from push.subscription");
        }

        assertThat(subscribe("mallory", NOW.plusSeconds(3599))).isEqualTo(Added.TOO_OFTEN);
        assertThat(database.texts("select 1 from push.pending")).isEmpty();
        assertThat(subscribe("alice", NOW)).isEqualTo(Added.KEPT);
    }

    @Test
    void afterAnHourThereIsRoomAgain() {
        for (int i = 0; i < 9; i++) {
            subscribe("mallory", NOW);
        }
        assertThat(subscribe("mallory", NOW.plusSeconds(3600))).isEqualTo(Added.KEPT);

        subscriptions.clearExpired(NOW.plusSeconds(7200));
        assertThat(database.texts("select owner from push.newcomers")).isEmpty();
    }

    private Added subscribe(String owner, Instant now) {
        return subscriptions.add(
                new DeviceSubscription(
                        SubscriptionId.random(),
                        Tenant.DEFAULT,
                        owner,
                        AccountId.of("account"),
                        "device",
                        new Destination.WebPush("https://push.example.com/x", "p256dh", "auth"),
                        "account",
                        null,
                        NOW.plus(Duration.ofDays(1)),
                        false),
                new Credentials(Set.of(), NOW),
                VerificationCode.random(),
                TERMS,
                now);
    }
}
