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
    }

    /** Sends from now on; a push service has so long to answer. */
    private void send(Duration timeout) throws IOException {
        Path vapid = Files.writeString(folder.resolve("vapid.pem"), PushSecrets.vapidKeys());
        SendPushes sends = SenderProcess.sends(
                vertx,
                database.pending(),
                VapidKeys.ofFile(vapid, Optional.empty(), Clock.systemUTC()),
                timeout,
                timeout.multipliedBy(3),
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

    /** Whoever waited for the black hole would wait for longer than the test does: it is left a quarter of an hour. */
    @Test
    void oneBlackHoleAmongAThousandChangesNothingForTheOthers() throws IOException {
        send(Duration.ofMinutes(15));
        subscribe(site.endpoint(""), 999);
        told(1, 999);
        Duration without = told(2, 999);
        subscribe(hole(), 1);
        Duration with = told(3, 999);
        // How fast it is depends on who else uses the machine as well. That can make one round slow, and not all of
        // them.
        Duration unchanged = without.multipliedBy(5).dividedBy(4);
        for (int round = 4; round < 10 && with.compareTo(unchanged) > 0; round++) {
            with = told(round, 999);
        }
        System.out.printf("p99 of 999 devices: %s without a black hole, %s with one%n", without, with);
        assertThat(with).isLessThanOrEqualTo(unchanged);
        assertThat(heard.failed.get()).as("nobody has given the black hole up").isZero();
        assertThat(database.texts("select attempts from push.pending")).containsExactly("0");
    }

    @Test
    void aDeadHostWithMoreDevicesThanThereIsRoomForKeepsTheOthersFromNothing() throws IOException {
        send(Duration.ofMinutes(15));
        subscribe(hole(), 300);
        subscribe(site.endpoint(""), 300);

        told(1, 300);

        assertThat(heard.failed.get()).isZero();
        assertThat(database.texts("select 1 from push.pending")).hasSize(300);
    }

    @Test
    void aHostThatDoesNotAnswerIsLeftAloneAfterThoseThatWereOnTheirWay() throws IOException {
        send(Duration.ofSeconds(1));
        subscribe(hole(), 300);
        database.change(ACCOUNT, "Email", "state", 1, Instant.now());

        // All that were on their way fail together, and no more are tried.
        await().atMost(Duration.ofSeconds(60)).until(() -> heard.postponed.get() > 200 && heard.failed.get() >= 5);
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
        await().atMost(Duration.ofSeconds(60))
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
