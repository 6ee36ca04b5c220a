package org.postern.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.events.push.AccountId;
import org.postern.push.postgres.PushDatabase;
import org.postern.push.subscription.Destination;
import org.postern.testsupport.PushDevice;
import org.postern.testsupport.PushSite;

/**
 * The sender is killed again and again while it sends. {@code -Dpostern.push.kill.devices} and {@code .kills} say how many
 * devices it sends to and how often it dies, {@code .seed} repeats a run.
 */
class KilledSenderIT {
    private static final AccountId ACCOUNT = AccountId.of("account");
    private static final int DEVICES = Integer.getInteger("postern.push.kill.devices", 300);
    private static final int KILLS = Integer.getInteger("postern.push.kill.kills", 3);
    private static final long SEED = Long.getLong("postern.push.kill.seed", 20261101);
    private static final int LEASE_SECONDS = 4;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final PushDatabase database = new PushDatabase();
    private final PushSite site = new PushSite();
    private final PushDevice device = new PushDevice();
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        site.close();
        database.close();
    }

    @Test
    void everyDeviceGetsItsLastStateHoweverOftenTheSenderDies() throws Exception {
        for (int i = 0; i < DEVICES; i++) {
            database.verified(
                    ACCOUNT,
                    new Destination.WebPush(site.endpoint("/" + i), device.p256dh(), device.auth()),
                    Instant.now());
        }
        for (int change = 1; change <= KILLS; change++) {
            int before = site.count();
            database.change(ACCOUNT, "Email", "state" + change, change, Instant.now());
            Process sender = start();
            int enough = before + 1 + random.nextInt(DEVICES * 2 / 3);
            await().atMost(Duration.ofSeconds(60 + DEVICES / 50))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> site.count() >= enough);
            sender.destroyForcibly().waitFor();
        }
        start();
        await().atMost(Duration.ofSeconds(90 + DEVICES / 10))
                .pollInterval(Duration.ofMillis(200))
                .until(() ->
                        database.texts("select 1 from push.pending limit 1").isEmpty());

        Map<String, Integer> told = new HashMap<>();
        for (int i = 0; i < DEVICES; i++) {
            List<PushSite.Push> pushes = site.pushes("/" + i);
            assertThat(device.read(pushes.getLast().body())).as("device " + i).contains("state" + KILLS + "\"");
            pushes.forEach(push -> told.merge(push.path() + device.read(push.body()), 1, Integer::sum));
        }
        int repeated = told.values().stream().mapToInt(times -> times - 1).sum();
        System.out.printf(
                "seed %d: %d devices, %d kills, %d pushes, %d of them repeated, 0 last states lost%n",
                SEED, DEVICES, KILLS, site.count(), repeated);
        // What is on its way when the process dies, and no more.
        assertThat(repeated).isLessThanOrEqualTo(KILLS * 128);
    }

    private Process start() throws IOException {
        Path vapid = folder.resolve("vapid.pem");
        if (!Files.exists(vapid)) {
            Files.writeString(vapid, PushSecrets.vapidKeys());
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SenderProcess.class.getName(),
                        database.url(),
                        vapid.toString(),
                        Integer.toString(LEASE_SECONDS))
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "sender" + processes.size() + ".log"))
                .start();
        processes.add(process);
        return process;
    }
}
