package org.postern.gateway.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.gateway.door.Upstream;
import org.postern.gateway.limit.redis.RedisServer;
import org.postern.testsupport.OidcProvider;

/** Two gateways as they are shipped, that share their quotas by a Redis. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class SharedLimitsIT {
    private static final int QUOTA = 30;
    private static final int ROUNDS = 5;
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration AWAKE = Duration.ofSeconds(10);

    private static final OidcProvider PROVIDER = new OidcProvider();
    private static final Upstream UPSTREAM = new Upstream();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Map<String, String> SETTINGS = new HashMap<>();
    private static RedisServer redis;
    private static Replica one;
    private static Replica other;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        redis = RedisServer.plain();
        Path key = Files.writeString(
                Files.createTempFile("key", ""), Base64.getEncoder().encodeToString(new byte[32]));
        SETTINGS.putAll(PROVIDER.start());
        SETTINGS.putAll(UPSTREAM.start());
        SETTINGS.put("postern.identity.revocations.enabled", "false");
        SETTINGS.put("postern.recipients.key-file", key.toString());
        SETTINGS.put("postern.gateway.limits.per-caller", QUOTA + "/3600S");
        SETTINGS.put("postern.gateway.limits.shared.redis", redis.address());
        SETTINGS.put(
                "postern.gateway.limits.shared.password-file",
                redis.passwordFile().toString());
        SETTINGS.put("postern.gateway.limits.shared.time-limit", "100ms");
        one = new Replica(SETTINGS);
        other = new Replica(SETTINGS);
        await().atMost(START).until(() -> one.isReady(CLIENT) && other.isReady(CLIENT));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        one.kill();
        other.kill();
        redis.close();
        UPSTREAM.stop();
        PROVIDER.stop();
    }

    private static String tokenOf(String subject) {
        return OidcProvider.signed(
                "{\"alg\":\"RS256\",\"kid\":\"k\"}", OidcProvider.claims(subject, "session", "mail-read-all"));
    }

    private static HttpResponse<Void> ask(Replica replica, String token) throws IOException, InterruptedException {
        return CLIENT.send(replica.with(token, "/v1/messages/1"), HttpResponse.BodyHandlers.discarding());
    }

    private static long left(HttpResponse<Void> answer) {
        return answer.headers().firstValueAsLong("RateLimit-Remaining").orElseThrow();
    }

    /** How many requests one gateway has decided by itself. */
    private static double alone(Replica replica) throws IOException, InterruptedException {
        return CLIENT.send(replica.metrics(), HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("postern_gateway_limits_alone_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    @Order(1)
    void a_caller_gets_its_quota_once_however_it_spreads_its_requests_and_is_told_so() throws Exception {
        // A request before that: the first of a virtual machine is slow, and may be decided without Redis.
        await().atMost(AWAKE).until(() -> {
            String somebody = tokenOf("warm-" + System.nanoTime());
            ask(one, somebody);
            return left(ask(other, somebody)) == QUOTA - 2;
        });
        // A machine that is busy pauses for longer than Redis is waited for: that caller's requests say nothing then.
        boolean shared = false;
        for (int round = 0; round < ROUNDS && !shared; round++) {
            double before = alone(one) + alone(other);
            String token = tokenOf("alice-" + round);
            List<HttpResponse<Void>> answers = new ArrayList<>();
            for (int i = 1; i <= QUOTA + 2; i++) {
                answers.add(ask(i % 2 == 0 ? one : other, token));
            }
            shared = alone(one) + alone(other) == before;
            if (shared) {
                requireOneQuota(answers);
            }
        }
        assertThat(shared).as("Redis was asked each time").isTrue();
    }

    private static void requireOneQuota(List<HttpResponse<Void>> answers) {
        for (int i = 1; i <= QUOTA; i++) {
            HttpResponse<Void> answer = answers.get(i - 1);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(left(answer)).isEqualTo(QUOTA - i);
            assertThat(answer.headers().firstValue("RateLimit-Policy")).hasValue(QUOTA + ";w=3600");
        }
        for (HttpResponse<Void> refused : answers.subList(QUOTA, QUOTA + 2)) {
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(left(refused)).isZero();
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 3600L / QUOTA);
        }
    }

    @Test
    @Order(2)
    void redis_learns_nobodys_name() throws Exception {
        assertThat(redis.dump())
                .isNotEmpty()
                .noneMatch(entry -> entry.contains("alice") || entry.contains("127.0.0.1"));
        assertThat(redis.lives()).allMatch(life -> Long.parseLong(life) > 0);
        assertThat(CLIENT.send(one.metrics(), HttpResponse.BodyHandlers.ofString())
                        .body())
                .doesNotContain("alice");
    }

    @Test
    @Order(3)
    void without_redis_the_door_stays_open_and_each_replica_counts_for_itself() throws Exception {
        double before = alone(one);
        redis.kill();
        String token = tokenOf("bob");
        await().atMost(AWAKE).until(() -> ask(one, tokenOf("eve")).statusCode() == 200 && alone(one) > before);
        for (int i = 1; i <= QUOTA; i++) {
            assertThat(ask(one, token).statusCode()).isEqualTo(200);
            assertThat(left(ask(other, token))).isEqualTo(QUOTA - i);
        }
        assertThat(ask(one, token).statusCode()).isEqualTo(429);
        assertThat(alone(one) - before).isGreaterThanOrEqualTo(QUOTA);
    }

    @Test
    @Order(4)
    void once_redis_is_back_they_count_together_again() throws Exception {
        redis.start();
        await().atMost(AWAKE).until(() -> {
            String token = tokenOf("carol-" + System.nanoTime());
            ask(one, token);
            return left(ask(other, token)) == QUOTA - 2;
        });
    }

    @ParameterizedTest
    @Order(5)
    @CsvSource({
        "postern.gateway.limits.shared.redis, http://127.0.0.1:1",
        "postern.gateway.limits.shared.time-limit, 1S",
        "postern.recipients.key-file, ''",
    })
    void a_setting_that_cannot_be_used_keeps_the_door_from_starting(String name, String value)
            throws InterruptedException {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put(name, value);
        Replica wrong = new Replica(settings);
        try {
            await().atMost(START).until(() -> wrong.exitCode() >= 0);
            assertThat(wrong.exitCode()).isPositive();
        } finally {
            wrong.kill();
        }
    }
}
