package org.postern.message.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postern.database.Transactions;
import org.postern.events.EventId;
import org.postern.events.Tenant;
import org.postern.events.codec.Topic;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.MessageSchema;
import org.postern.message.outlet.ToldEvent;
import org.postern.message.webhook.Delivery;
import org.postern.message.webhook.Webhook;

/** What waits for webhooks on a real PostgreSQL, seen by two replicas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookRowsIT {
    private static final Duration LEASE = Duration.ofSeconds(40);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private EmbeddedPostgres postgres;
    private JdbcWebhooks webhooks;
    private JdbcDeliveries deliveries;
    private JdbcDeliveries replica;

    @BeforeAll
    void start() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        DataSource database = MessageSchema.in(postgres.getPostgresDatabase());
        Transactions transactions = new Transactions(database, LedgerUnavailableException::new);
        webhooks = new JdbcWebhooks(transactions);
        deliveries = new JdbcDeliveries(transactions, Clock.systemUTC());
        replica = new JdbcDeliveries(transactions, Clock.systemUTC());
    }

    @AfterAll
    void stop() throws Exception {
        postgres.close();
    }

    @Test
    void keepsAnEventOnceWhicheverReplicaReadsItAndAfterItWasDeliveredToo() {
        Webhook webhook = added();
        ToldEvent event = event(now);

        assertThat(deliveries.keep(List.of(event, event), now)).isEqualTo(1);
        assertThat(replica.keep(List.of(event), now)).isZero();
        deliveries.delivered(take(deliveries, webhook, now), now);
        assertThat(replica.keep(List.of(event), now)).isZero();

        assertThat(deliveries.take(webhook, LEASE, now.plus(LEASE).plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void givesADeliveryToOneReplicaAndToAnotherWhenThatOneIsDead() {
        Webhook webhook = added();
        deliveries.keep(List.of(event(now)), now);

        Delivery first = take(deliveries, webhook, now);
        assertThat(replica.take(webhook, LEASE, now)).isEmpty();
        Delivery second = take(replica, webhook, now.plus(LEASE).plusSeconds(1));

        assertThat(second.event()).isEqualTo(first.event());
        assertThat(second.attempts()).isEqualTo(2);
        assertThat(second.body()).isEqualTo("{}");
    }

    @Test
    void tellsNobodyOfWhatCameBeforeThemOrIsOfAnotherTopicOrTenant() {
        Webhook webhook = added();

        deliveries.keep(
                List.of(
                        event(now.minusSeconds(1)),
                        new ToldEvent(anId(), Topic.MAIL_AUDIT, Tenant.DEFAULT, now, "{}"),
                        new ToldEvent(anId(), Topic.MAIL_JUDGED, Tenant.of("acme"), now, "{}")),
                now);

        assertThat(deliveries.counts(Tenant.DEFAULT, webhook.id()).waiting()).isZero();
    }

    @Test
    void hearsOfAnEventThatIsToldRightAfterItWasAdded() {
        deliveries.keep(List.of(event(Instant.now().minusSeconds(5))), now);
        Webhook webhook = added(Instant.now());

        deliveries.keep(List.of(event(Instant.now())), now);

        assertThat(deliveries.counts(Tenant.DEFAULT, webhook.id()).waiting()).isEqualTo(1);
    }

    @Test
    void givesUpWhatIsTooOldAndKeepsTheNewestOfWhatWasGivenUp() {
        Webhook webhook = added();
        deliveries.keep(List.of(event(now), event(now), event(now), event(now)), now);
        deliveries.delivered(take(deliveries, webhook, now), now);
        Instant later = now.plus(Duration.ofDays(4));

        deliveries.tidy(later.minus(Duration.ofDays(3)), later, now, 2, later);

        assertThat(deliveries.counts(Tenant.DEFAULT, webhook.id()).dead()).isEqualTo(2);
        assertThat(deliveries.dead(Tenant.DEFAULT, webhook.id(), null, 10))
                .allSatisfy(dead -> assertThat(dead.reason()).isEqualTo("suspended"));
        assertThat(webhooks.find(Tenant.DEFAULT, webhook.id()).orElseThrow().suspension())
                .as("nothing waits for it")
                .isNull();
    }

    @Test
    void suspendsWhomTooMuchWaitsForAndLeavesRoomForWhenTheyAreResumed() {
        Webhook webhook = added();
        deliveries.keep(List.of(event(now), event(now), event(now), event(now), event(now)), now);
        Instant longAgo = now.minus(Duration.ofDays(3));

        deliveries.tidy(longAgo, longAgo, longAgo, 4, now);

        Webhook suspended = webhooks.find(Tenant.DEFAULT, webhook.id()).orElseThrow();
        assertThat(suspended.suspension()).isEqualTo(Webhook.Suspension.TOO_MANY_WAITING);
        assertThat(webhooks.withSomethingDue(now)).doesNotContain(suspended);
        assertThat(deliveries.take(webhook, LEASE, now)).isEmpty();
        assertThat(deliveries.counts(Tenant.DEFAULT, webhook.id()).waiting()).isEqualTo(2);
        assertThat(deliveries.counts(Tenant.DEFAULT, webhook.id()).dead()).isEqualTo(3);

        webhooks.resume(Tenant.DEFAULT, webhook.id());
        deliveries.keep(List.of(event(now)), now);
        deliveries.tidy(longAgo, longAgo, longAgo, 4, now);

        assertThat(webhooks.find(Tenant.DEFAULT, webhook.id()).orElseThrow().suspension())
                .isNull();
        assertThat(deliveries.take(webhook, LEASE, now)).isPresent();
        assertThat(deliveries.redrive(Tenant.DEFAULT, webhook.id(), null, now)).isEqualTo(3);
    }

    @Test
    void leavesAnEndpointAloneThatFailsAndForgetsItWhenItDoesWell() {
        Webhook webhook = added();
        deliveries.keep(List.of(event(now), event(now)), now);
        Instant until = now.plusSeconds(60);

        deliveries.retry(take(deliveries, webhook, now), now, "status-500", until);

        assertThat(webhooks.find(Tenant.DEFAULT, webhook.id()).orElseThrow())
                .satisfies(failed -> assertThat(failed.failures()).isEqualTo(1));
        assertThat(webhooks.withSomethingDue(now)).extracting(Webhook::id).doesNotContain(webhook.id());
        assertThat(webhooks.withSomethingDue(until)).extracting(Webhook::id).contains(webhook.id());
        deliveries.delivered(take(deliveries, webhook, until), until);
        assertThat(webhooks.withSomethingDue(now)).extracting(Webhook::id).contains(webhook.id());
    }

    @Test
    void keepsNothingForAWebhookThatIsRemovedAtThatMoment() throws Exception {
        Webhook webhook = added();
        ToldEvent event = event(now);
        try (Connection removal = postgres.getPostgresDatabase().getConnection()) {
            removal.setAutoCommit(false);
            try (PreparedStatement delete = removal.prepareStatement("delete from message.webhook where id = ?")) {
                delete.setObject(1, webhook.id());
                assertThat(delete.executeUpdate()).isEqualTo(1);
            }
            CompletableFuture<Integer> kept = CompletableFuture.supplyAsync(() -> deliveries.keep(List.of(event), now));
            Awaitility.await("what keeps it waits for what removes it")
                    .atMost(Duration.ofSeconds(30))
                    .until(this::isSomebodyWaiting);
            removal.commit();

            assertThat(kept.get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    private boolean isSomebodyWaiting() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select from pg_stat_activity where wait_event_type = 'Lock'");
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    private Webhook added() {
        return added(now);
    }

    private Webhook added(Instant at) {
        webhooks.of(Tenant.DEFAULT).forEach(old -> webhooks.remove(Tenant.DEFAULT, old.id()));
        Webhook webhook = Webhook.begin(
                Tenant.DEFAULT,
                "https://hooks.example/in",
                Set.of(Topic.MAIL_JUDGED),
                at.truncatedTo(ChronoUnit.MILLIS));
        assertThat(webhooks.add(webhook, 1)).isTrue();
        return webhook;
    }

    private static Delivery take(JdbcDeliveries deliveries, Webhook webhook, Instant at) {
        return deliveries.take(webhook, LEASE, at).orElseThrow();
    }

    private static ToldEvent event(Instant at) {
        return new ToldEvent(anId(), Topic.MAIL_JUDGED, Tenant.DEFAULT, at, "{}");
    }

    private static EventId anId() {
        return new EventId(UUID.randomUUID());
    }
}
