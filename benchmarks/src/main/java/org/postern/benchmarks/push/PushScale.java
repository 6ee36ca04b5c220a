package org.postern.benchmarks.push;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.postern.database.Away;
import org.postern.database.Transactions;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;
import org.postern.outbound.NameResolver;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;
import org.postern.push.AccountStates;
import org.postern.push.DatabaseAwayException;
import org.postern.push.corretto.NativeCurves;
import org.postern.push.delivery.Allowance;
import org.postern.push.delivery.Allowances;
import org.postern.push.delivery.Circuits;
import org.postern.push.delivery.ClosedChannel;
import org.postern.push.delivery.DuePush;
import org.postern.push.delivery.PushContent;
import org.postern.push.delivery.PushSender;
import org.postern.push.delivery.RetrySchedule;
import org.postern.push.delivery.SendPushes;
import org.postern.push.delivery.SendResult;
import org.postern.push.delivery.Senders;
import org.postern.push.postgres.JdbcAccountStates;
import org.postern.push.postgres.JdbcPendingPushes;
import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.webpush.PushClients;
import org.postern.push.webpush.PushEncryption;
import org.postern.push.webpush.WebPushSender;
import org.postern.testsupport.PushDevice;

/** Many subscriptions: what a change costs among them, one that goes to ten thousand devices, and a storm on one device. */
final class PushScale {
    private static final Duration WINDOW = Duration.ofMillis(300);
    private static final int CHANGES = 1_000;
    private static final int AT_ONCE = 128;
    private static final int FAN_OUTS = 5;
    private static final int STORM_CHANGES = 10_000;
    private static final Duration STORM = Duration.ofSeconds(60);
    private static final Duration SWEEP = Duration.ofMillis(50);
    private static final long MEBIBYTE = 1024 * 1024;

    private final Sink sink;
    private final StoredDevices devices;
    private final AccountStates states;
    private final JdbcPendingPushes pending;
    private final Random random = new Random(1);
    private long position;

    private PushScale(Installation installation, Sink sink) {
        Transactions transactions = new Transactions(installation.database(), Away.of(DatabaseAwayException::new));
        Allowance webPush = new Allowance(1, Duration.ZERO, WINDOW, Duration.ofSeconds(30), Integer.MAX_VALUE);
        this.sink = sink;
        this.devices = new StoredDevices(installation, sink.origin());
        this.states = new JdbcAccountStates(transactions);
        this.pending =
                new JdbcPendingPushes(transactions, installation.secretTexts(), new Allowances(webPush, webPush));
    }

    /** @param most how many subscriptions are stored in the end */
    static void print(int most) throws IOException, SQLException {
        try (Sink sink = new Sink();
                Installation installation = new Installation()) {
            PushScale scale = new PushScale(installation, sink);
            System.out.printf("%nOne change to one device, microseconds from start to end%n");
            System.out.printf("  %12s %22s %22s%n", "stored", "spread p50 / p99", "take and settle");
            for (int stored : new int[] {20_000, 100_000, most}) {
                if (stored <= most) {
                    scale.devices.fill(stored);
                    scale.changes(stored);
                }
            }
            scale.fanOut();
            scale.storm();
        }
    }

    private void changes(int stored) throws SQLException {
        measureChanges(stored);
        System.out.printf("  %12d %s%n", stored, measureChanges(stored));
    }

    private String measureChanges(int stored) throws SQLException {
        devices.execute("truncate push.pending, push.pace");
        long[] spread = new long[CHANGES];
        Instant now = Instant.now();
        for (int i = 0; i < CHANGES; i++) {
            int device = StoredDevices.WIDE_DEVICES + random.nextInt(stored - StoredDevices.WIDE_DEVICES);
            long begun = System.nanoTime();
            change(StoredDevices.account(device), "state" + i, now);
            spread[i] = System.nanoTime() - begun;
        }
        Arrays.sort(spread);
        SendPushes sends = sends(new Everything(), Runnable::run);
        sleep(WINDOW);
        long begun = System.nanoTime();
        sends.sweep();
        long settled = (System.nanoTime() - begun) / CHANGES;
        return "%12d / %7d %22d"
                .formatted(spread[CHANGES / 2] / 1_000, spread[CHANGES * 99 / 100] / 1_000, settled / 1_000);
    }

    private void fanOut() throws IOException, SQLException {
        System.out.printf(
                "%nOne change to %d devices, by Web Push to a push service on this machine%n",
                StoredDevices.WIDE_DEVICES);
        System.out.printf("  %8s %12s %12s %16s%n", "round", "spread", "all told", "heap after it");
        SendPushes sends = sends(webPush(), Executors.newVirtualThreadPerTaskExecutor());
        for (int round = 1; round <= FAN_OUTS; round++) {
            devices.execute("truncate push.pending, push.pace");
            int before = sink.pushes();
            Instant begun = Instant.now();
            change(StoredDevices.WIDE, "round" + round, begun);
            Duration spread = Duration.between(begun, Instant.now());
            while (sink.pushes() < before + StoredDevices.WIDE_DEVICES) {
                sends.sweep();
                sleep(Duration.ofMillis(5));
            }
            Duration all = Duration.between(begun, Instant.now());
            System.out.printf(
                    "  %8d %9d ms %9d ms %12d MiB%n", round, spread.toMillis(), all.toMillis(), heap() / MEBIBYTE);
        }
    }

    private void storm() throws IOException, SQLException {
        AccountId account = AccountId.of("stormy");
        PushDevice device = new PushDevice();
        devices.add(account, "/kept", device);
        devices.execute("truncate push.pending, push.pace");
        SendPushes sends = sends(webPush(), Executors.newVirtualThreadPerTaskExecutor());
        long begun = System.nanoTime();
        for (int i = 1; i <= STORM_CHANGES; i++) {
            change(account, "state" + i, Instant.now());
            if (i % 20 == 0) {
                sends.sweep();
            }
            long due = begun + STORM.toNanos() * i / STORM_CHANGES;
            LockSupport.parkNanos(due - System.nanoTime());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        String last = "state" + STORM_CHANGES + "\"";
        Instant end = Instant.now();
        while (sink.kept().stream().noneMatch(body -> device.read(body).contains(last))) {
            if (Duration.between(end, Instant.now()).compareTo(STORM) > 0) {
                throw new IllegalStateException("the last state did not arrive");
            }
            sends.sweep();
            sleep(SWEEP);
        }
        System.out.printf(
                "%n%d changes in %d s on one device: %d pushes, the last state %d ms after the last change%n",
                STORM_CHANGES,
                took.toSeconds(),
                sink.kept().size(),
                Duration.between(end, Instant.now()).toMillis());
    }

    private int change(AccountId account, String state, Instant now) {
        return states.spread(
                new StateChanged(Tenant.DEFAULT, account, Map.of("Email", state), now), position++, WINDOW, now);
    }

    private PushSender webPush() throws IOException {
        OutboundGuard guard = new OutboundGuard(NameResolver.system(), List.of(Network.of("127.0.0.0/8")));
        NativeCurves curves = NativeCurves.load();
        PushEncryption encryption =
                curves.provider() == null ? PushEncryption.ofPlatform() : new PushEncryption(curves.provider());
        return new Senders(
                new WebPushSender(
                        PushClients.of(sink.vertx()),
                        guard,
                        Installation.vapid(),
                        encryption,
                        Duration.ofHours(24),
                        Duration.ofSeconds(10),
                        Clock.systemUTC()),
                new ClosedChannel("kind", "There is none."));
    }

    private SendPushes sends(PushSender sender, Executor executor) {
        return new SendPushes(
                pending,
                sender,
                new RetrySchedule(Duration.ofSeconds(2), Duration.ofMinutes(30), Duration.ofHours(24)),
                new Circuits(5, Duration.ofSeconds(5), Duration.ofMinutes(5), AT_ONCE / 2),
                new Uncounted(),
                executor,
                AT_ONCE,
                Duration.ofSeconds(30),
                Clock.systemUTC());
    }

    private static long heap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private static void sleep(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    /** Devices that take everything, at once. */
    private static final class Everything implements PushSender {
        @Override
        public void check(Destination destination) {}

        @Override
        public SendResult send(DeviceSubscription subscription, PushContent content) {
            return new SendResult.Delivered();
        }
    }

    private static final class Uncounted implements SendPushes.Sends {
        @Override
        public void sent(DuePush push, SendResult result) {}

        @Override
        public void postponed(DuePush push) {}
    }
}
