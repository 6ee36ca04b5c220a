package org.postern.gateway.limit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postern.events.RecipientHashKey;
import org.postern.gateway.limit.Quota;
import org.postern.gateway.limit.Quotas;

/** Replicas that share their quotas by a real Redis. */
@Timeout(60)
class RedisBucketsIT {
    private static final String CALLER = "https://id.example/realms/postern alice@example.org";
    private static final String SCAN = "POST /v1/scan";
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final Duration AWAKE = Duration.ofSeconds(10);
    private static final RecipientHashKey KEY =
            RecipientHashKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32]));

    private final Vertx vertx = Vertx.vertx();
    private final List<RedisBuckets> opened = new ArrayList<>();
    private RedisServer redis;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        redis = RedisServer.plain();
    }

    @AfterEach
    void stop() throws Exception {
        opened.forEach(RedisBuckets::close);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        redis.close();
    }

    private RedisBuckets open(RedisServer server, Optional<Path> password, Optional<Path> trust) {
        RedisBuckets buckets = new RedisBuckets(vertx, RedisPlace.of(server.address(), password, trust), LIMIT, KEY);
        opened.add(buckets);
        buckets.open();
        return buckets;
    }

    private RedisBuckets connected() {
        RedisBuckets buckets = open(redis, Optional.of(redis.passwordFile()), Optional.empty());
        await().atMost(AWAKE).until(buckets::isShared);
        return buckets;
    }

    private static Quotas quotas(RedisBuckets buckets, String perCaller) {
        Quota much = Quota.of("1000/60S");
        Map<String, Quota> tenants = Map.of("crowd", Quota.of("6/600S"));
        return new Quotas(Quota.of(perCaller), Map.of(), tenants, Map.of(SCAN, Quota.of("3/60S")), much, much, buckets);
    }

    /** On an event loop, as a request would. */
    private Quotas.Taken take(Quotas quotas, String caller, String route) {
        return take(quotas, caller, "default", route);
    }

    private Quotas.Taken take(Quotas quotas, String caller, String tenant, String route) {
        CompletableFuture<Quotas.Taken> taken = new CompletableFuture<>();
        Context context = vertx.getOrCreateContext();
        context.runOnContext(ignored -> quotas.take(
                caller,
                tenant,
                route,
                answer -> {
                    assertThat(Vertx.currentContext()).isSameAs(context);
                    taken.complete(answer);
                },
                taken::completeExceptionally));
        return taken.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Whether the event loop went on with something else before one was decided. */
    private boolean goesOn(Quotas quotas) {
        CompletableFuture<Boolean> wentOn = new CompletableFuture<>();
        vertx.runOnContext(ignored -> {
            AtomicBoolean decided = new AtomicBoolean();
            quotas.take(CALLER, "default", "GET /x", taken -> decided.set(true), wentOn::completeExceptionally);
            wentOn.complete(!decided.get());
        });
        return wentOn.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private int granted(Quotas quotas, int asked) {
        int granted = 0;
        for (int i = 0; i < asked; i++) {
            granted += take(quotas, CALLER, "GET /x").granted() ? 1 : 0;
        }
        return granted;
    }

    @Test
    void two_replicas_grant_together_what_one_would() {
        Quotas one = quotas(connected(), "20/600S");
        Quotas other = quotas(connected(), "20/600S");
        assertThat(granted(one, 12)).isEqualTo(12);
        assertThat(granted(other, 12)).isEqualTo(8);
        assertThat(granted(one, 1)).isZero();
    }

    @Test
    void a_caller_is_told_what_all_replicas_have_left_and_when_to_come_again() {
        Quotas one = quotas(connected(), "20/600S");
        Quotas other = quotas(connected(), "20/600S");
        assertThat(take(one, CALLER, "GET /x").remaining()).isEqualTo(19);
        assertThat(take(other, CALLER, "GET /x").remaining()).isEqualTo(18);
        granted(other, 18);
        Quotas.Taken refused = take(one, CALLER, "GET /x");
        assertThat(refused.granted()).isFalse();
        assertThat(refused.remaining()).isZero();
        assertThat(refused.seconds()).isBetween(1L, 30L);
    }

    @Test
    void quotas_of_a_route_are_shared_too_and_the_narrower_is_told() {
        Quotas one = quotas(connected(), "20/600S");
        Quotas other = quotas(connected(), "20/600S");
        assertThat(take(one, CALLER, SCAN).remaining()).isEqualTo(2);
        assertThat(take(other, CALLER, SCAN).remaining()).isEqualTo(1);
        assertThat(take(one, CALLER, SCAN).granted()).isTrue();
        assertThat(take(other, CALLER, SCAN).granted()).isFalse();
        assertThat(take(other, CALLER, "GET /x").granted()).isTrue();
    }

    @Test
    void the_quota_of_a_whole_tenant_is_shared_too_whoever_of_it_asks_wherever() {
        Quotas one = quotas(connected(), "20/600S");
        Quotas other = quotas(connected(), "20/600S");
        for (int i = 0; i < 3; i++) {
            assertThat(take(one, "a" + i, "crowd", "GET /x").remaining()).isEqualTo(5 - 2 * i);
            assertThat(take(other, "b" + i, "crowd", "GET /x").remaining()).isEqualTo(4 - 2 * i);
        }
        assertThat(take(one, "c", "crowd", "GET /x").granted()).isFalse();
        assertThat(take(other, "c", "crowd", "GET /x").wholeTenant()).isTrue();
        assertThat(take(one, "c", "default", "GET /x").granted()).isTrue();
    }

    @Test
    void of_a_large_quota_no_more_than_a_hundredth_is_given_out_too_much_by_each() {
        Quotas one = quotas(connected(), "1000/36000S");
        Quotas other = quotas(connected(), "1000/36000S");
        int both = 0;
        for (int i = 0; i < 600; i++) {
            both += granted(one, 1) + granted(other, 1);
        }
        assertThat(both).isBetween(1000, 1021);
    }

    @Test
    void requests_that_come_together_are_granted_no_more_than_the_quota() {
        Quotas one = quotas(connected(), "50/600S");
        Quotas other = quotas(connected(), "50/600S");
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Quotas quotas = i % 2 == 0 ? one : other;
            CompletableFuture<Boolean> granted = new CompletableFuture<>();
            all.add(granted);
            vertx.getOrCreateContext()
                    .runOnContext(ignored -> quotas.take(
                            CALLER,
                            "default",
                            "GET /x",
                            taken -> granted.complete(taken.granted()),
                            granted::completeExceptionally));
        }
        assertThat(all.stream().filter(CompletableFuture::join).count())
                .as("where both answer in time, which a hundred at once may not")
                .isBetween(
                        50L, 50 + opened.stream().mapToLong(RedisBuckets::alone).sum());
    }

    @Test
    void without_redis_each_replica_counts_for_itself_and_together_again_once_it_is_back() throws Exception {
        RedisBuckets buckets = connected();
        RedisBuckets others = connected();
        Quotas one = quotas(buckets, "20/600S");
        Quotas other = quotas(others, "20/600S");
        assertThat(granted(one, 5)).isEqualTo(5);

        redis.kill();
        await().atMost(AWAKE).until(() -> !buckets.isShared() && !others.isShared());
        assertThat(granted(one, 16))
                .as("of its own bucket, where five are gone")
                .isEqualTo(15);
        assertThat(granted(other, 21)).isEqualTo(20);
        assertThat(buckets.alone()).isEqualTo(15);

        redis.start();
        await().atMost(AWAKE).until(() -> buckets.isShared() && others.isShared());
        assertThat(take(one, "somebody else", "GET /x").remaining()).isEqualTo(19);
        assertThat(take(other, "somebody else", "GET /x").remaining()).isEqualTo(18);
        assertThat(granted(one, 1)).as("an empty Redis makes no bucket full").isZero();
    }

    @Test
    void a_redis_that_hangs_is_waited_for_no_longer_than_the_limit_then_not_at_all() throws Exception {
        RedisBuckets buckets = connected();
        Quotas quotas = quotas(buckets, "60/600S");
        assertThat(granted(quotas, 1)).isEqualTo(1);
        redis.pause();
        try {
            assertThat(goesOn(quotas)).isTrue();
            long begun = System.nanoTime();
            assertThat(granted(quotas, 1)).isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(LIMIT.dividedBy(2), LIMIT.multipliedBy(20));
            await().atMost(AWAKE).until(() -> granted(quotas, 1) == 1 && !buckets.isShared());
            assertThat(buckets.begin().take("", CALLER, Quota.of("60/600S")).toCompletableFuture())
                    .isCompletedWithValue(Optional.empty());
        } finally {
            redis.resume();
        }
        await().atMost(AWAKE).until(buckets::isShared);
        assertThat(granted(quotas, 1)).isEqualTo(1);
    }

    @Test
    void nothing_in_redis_names_anybody_and_all_of_it_expires() throws IOException {
        Quotas quotas = quotas(connected(), "20/600S");
        take(quotas, CALLER, SCAN);
        List<String> dump = redis.dump();
        assertThat(dump).hasSize(2).allSatisfy(entry -> assertThat(entry)
                .startsWith("postern:limit:")
                .doesNotContain("alice", "example", "scan", "https"));
        assertThat(redis.lives()).hasSize(2).allSatisfy(life -> assertThat(Long.parseLong(life))
                .isBetween(1L, Duration.ofSeconds(610).toMillis()));
    }

    @Test
    void a_redis_that_refuses_the_password_is_away() throws Exception {
        RedisBuckets buckets = open(redis, Optional.empty(), Optional.empty());
        Quotas quotas = quotas(buckets, "20/600S");
        assertThat(granted(quotas, 1)).isEqualTo(1);
        // The second is shared later than the first would have been.
        connected();
        assertThat(buckets.isShared()).isFalse();
        assertThat(buckets.alone()).isEqualTo(1);
    }

    @Test
    void a_redis_is_spoken_to_with_tls_where_its_certificate_is_trusted() throws Exception {
        try (RedisServer encrypted = RedisServer.encrypted()) {
            RedisBuckets distrustful = open(encrypted, Optional.of(encrypted.passwordFile()), Optional.empty());
            RedisBuckets buckets =
                    open(encrypted, Optional.of(encrypted.passwordFile()), Optional.of(encrypted.certificate()));
            await().atMost(AWAKE).until(buckets::isShared);
            assertThat(take(quotas(buckets, "20/600S"), CALLER, "GET /x").remaining())
                    .isEqualTo(19);
            assertThat(buckets.alone()).isZero();
            assertThat(distrustful.isShared()).isFalse();
        }
    }
}
