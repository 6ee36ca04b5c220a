package org.postern.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.events.push.AccountId;
import org.postern.push.delivery.DuePush;
import org.postern.push.delivery.SendPushes;
import org.postern.push.delivery.SendResult;
import org.postern.push.postgres.PushDatabase;
import org.postern.push.subscription.Destination;
import org.postern.push.webpush.VapidKeys;
import org.postern.testsupport.PushDevice;
import org.postern.testsupport.PushSite;

/** Endpoints that take a connection and never answer, among many that do. */
class IsolationIT {
    private static final AccountId ACCOUNT = AccountId.of("account");

    @TempDir
    Path folder;

    private final PushDatabase database = new PushDatabase();
    private final PushSite site = new PushSite();
    private final PushDevice device = new PushDevice();
    private final Vertx vertx = Vertx.vertx();
    private final ScheduledExecutorService sweeps = Executors.newSingleThreadScheduledExecutor();
    private final Heard heard = new Heard();
    private ServerSocket blackHole;

    @BeforeEach
    void start() throws IOException {
        // Nobody ever accepts: the backlog does, and is silent.
        blackHole = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        Path vapid = Files.writeString(folder.resolve("vapid.pem"), PushSecrets.vapidKeys());
        SendPushes sends = SenderProcess.sends(
                vertx,
                database.pending(),
                VapidKeys.ofFile(vapid, Optional.empty(), Clock.systemUTC()),
                Duration.ofSeconds(30),
                heard);
        sweeps.scheduleWithFixedDelay(sends::sweep, 50, 50, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void stop() throws IOException {
        sweeps.shutdownNow();
        vertx.close();
        blackHole.close();
        site.close();
        database.close();
    }

    @Test
    void oneBlackHoleAmongAThousandChangesNothingForTheOthers() {
        subscribe(site.endpoint(""), 999);
        told(1, 999);
        Duration without = told(2, 999);
        subscribe(hole(), 1);
        Duration with = told(3, 999);

        System.out.printf("p99 of 999 devices: %s without a black hole, %s with one%n", without, with);
        assertThat(with).isLessThan(without.multipliedBy(2).plusSeconds(1));
        assertThat(heard.failed.get()).isZero();
    }

    @Test
    void aDeadHostWithMoreDevicesThanThereIsRoomForIsLeftAloneAndTheOthersDoNotWaitForIt() {
        subscribe(hole(), 300);
        subscribe(site.endpoint(""), 300);
        Duration with = told(1, 300);

        assertThat(with).isLessThan(Duration.ofSeconds(9));
        // All that were on their way fail together, and no more are tried.
        await().atMost(Duration.ofSeconds(20)).until(() -> heard.failed.get() >= 5);
        await().atMost(Duration.ofSeconds(20)).until(() -> heard.postponed.get() > 200);
        assertThat(heard.failed.get()).isLessThanOrEqualTo(64 + 5);
    }

    /** Spreads a change and waits until so many have it; how long 99 of 100 waited, from the change on. */
    private Duration told(int number, int devices) {
        heard.latencies.clear();
        database.change(ACCOUNT, "Email", "state" + number, number, Instant.now());
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> heard.latencies.size() >= devices);
        List<Duration> sorted = new ArrayList<>(heard.latencies.values());
        Collections.sort(sorted);
        // Until they are free for the next one.
        await().atMost(Duration.ofSeconds(10))
                .until(() -> database.texts("select 1 from push.pace c where c.free_at > now() and not exists"
                                + " (select 1 from push.pending p where p.subscription_id = c.subscription_id) limit 1")
                        .isEmpty());
        return sorted.get(sorted.size() * 99 / 100);
    }

    private void subscribe(String base, int count) {
        for (int i = 0; i < count; i++) {
            database.verified(
                    ACCOUNT, new Destination.WebPush(base + "/" + i, device.p256dh(), device.auth()), Instant.now());
        }
    }

    private String hole() {
        return "http://127.0.0.1:" + blackHole.getLocalPort();
    }

    private static final class Heard implements SendPushes.Sends {
        private final Map<String, Duration> latencies = new ConcurrentHashMap<>();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicInteger postponed = new AtomicInteger();

        @Override
        public void sent(DuePush push, SendResult result) {
            if (result instanceof SendResult.Delivered) {
                latencies.put(push.subscription().id().toString(), Duration.between(push.since(), Instant.now()));
            } else {
                failed.incrementAndGet();
            }
        }

        @Override
        public void postponed(DuePush push) {
            postponed.incrementAndGet();
        }
    }
}
