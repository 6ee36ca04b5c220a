package org.postern.benchmarks.scan;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.SocketAddress;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.postern.engine.Backoff;
import org.postern.engine.Deadline;
import org.postern.engine.EngineSlots;
import org.postern.engine.TryRules;
import org.postern.events.mail.ScanResult;
import org.postern.scan.Body;
import org.postern.scan.EngineProbe;
import org.postern.scan.ScanMessage;
import org.postern.scan.ScanUpload;
import org.postern.scan.Scanner;
import org.postern.scan.clamav.ClamAvScanner;
import org.postern.scan.inspection.InspectingScanner;
import org.postern.scan.inspection.InspectionLimits;
import org.postern.scan.inspection.Spool;
import org.postern.scan.wiring.InspectionBeans;

/**
 * scan-service's own classes beside a bare client, on one clamd and in one run, in turns: what a mail costs here and in
 * clamd, how long it takes, how many a second there are; then files of 100 MiB, eight at once. To be run with a heap of
 * 128 MiB. The part of Kafka and REST is not in it; {@code ./postern bench} has those.
 */
public final class ScanBench {
    private static final int KIBIBYTE = 1024;
    private static final long LARGE = 100L * KIBIBYTE * KIBIBYTE;
    private static final int CLIENTS = 8;
    private static final int WARMING = 3_000;
    private static final Duration LONG = Duration.ofMinutes(5);

    private final StoredMails stored;
    private final Map<String, Rounds.Scan> ways = new LinkedHashMap<>();
    private final ScanUpload upload;

    private ScanBench(Clamd clamd, Vertx vertx, Path folder) throws IOException {
        Path spool = folder.resolve("spool");
        this.stored = new StoredMails(folder.resolve("store"));
        ClamAvScanner engine = new ClamAvScanner(
                vertx.createNetClient(ClamAvScanner.clientOptions(Duration.ofSeconds(2), LONG)),
                SocketAddress.inetSocketAddress(clamd.port(), "127.0.0.1"),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
        InspectingScanner inspecting =
                new InspectingScanner(engine, InspectionBeans.standard(InspectionLimits.defaults(), spool), 4);
        EngineSlots slots = new EngineSlots(CLIENTS);
        TryRules rules =
                new TryRules(Duration.ofSeconds(60), 3, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)));
        ScanMessage message = new ScanMessage(
                stored.store(),
                inspecting,
                slots,
                new EngineProbe(engine, Duration.ofSeconds(5), Duration.ofSeconds(5)),
                rules,
                time -> Thread.sleep(time),
                Clock.systemUTC());
        Spool room = Spool.in(folder.resolve("uploads"));
        // Uploads get half of the slots: sixteen for eight of them.
        this.upload = new ScanUpload(inspecting, new EngineSlots(2 * CLIENTS), LONG, room::newFile);
        BareClient bare = new BareClient(clamd.port());
        ways.put("clamd alone", item -> bare.scan(new ByteArrayInputStream(item.bytes())));
        ways.put("adapter", item -> word(engine, item));
        ways.put("and own look", item -> word(inspecting, item));
        ways.put("from the store", item -> word(message.scan(item.mail()).result()));
    }

    private static String word(Scanner scanner, StoredMails.Item item) throws Exception {
        return word(scanner.scan(
                Body.mail(() -> new ByteArrayInputStream(item.bytes()), item.bytes().length),
                Deadline.in(Duration.ofSeconds(60))));
    }

    private static String word(ScanResult result) {
        return result.verdict().word()
                + result.findings().stream().map(one -> " " + one.code()).collect(Collectors.joining());
    }

    /**
     * Runs it all.
     *
     * @param args the checkout, mails of a round, mails of each way that are not counted
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("scan-bench");
        int mails = Integer.parseInt(args[1]);
        int warming = args.length > 2 ? Integer.parseInt(args[2]) : WARMING;
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        try (Clamd clamd = Clamd.start(Path.of(args[0]))) {
            for (String name : List.of("spool", "store", "uploads")) {
                Files.createDirectories(folder.resolve(name));
            }
            ScanBench bench = new ScanBench(clamd, vertx, folder);
            Rounds rounds = new Rounds(clamd, bench.stored, bench.ways);
            rounds.warm(50 * KIBIBYTE, warming, CLIENTS);
            rounds.table("mails of 50 KiB, 1 at a time", 50 * KIBIBYTE, mails, 1);
            rounds.table("mails of 50 KiB, 8 at a time", 50 * KIBIBYTE, mails, CLIENTS);
            rounds.table("mails of 2 KiB, 1 at a time", 2 * KIBIBYTE, mails, 1);
            bench.large();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** Eight files of 100 MiB at once, as they are uploaded: through the spool, the engine and the own look. */
    private void large() throws Exception {
        long began = System.nanoTime();
        AtomicLong mostHeap = new AtomicLong();
        List<String> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int seed = stored.nextNumber();
                running.add(threads.submit(() -> {
                    Body body = Body.of(() -> watched(new Noise(LARGE, seed), mostHeap), LARGE, "large.bin", null);
                    ScanResult result = upload.scan(body);
                    return word(result);
                }));
            }
            for (Future<String> one : running) {
                answers.add(one.get());
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%n8 files of 100 MiB at once: %.1f s, heap at most %d of %d MiB, %s%n",
                (System.nanoTime() - began) / 1e9,
                mostHeap.get() >> 20,
                Runtime.getRuntime().maxMemory() >> 20,
                answers);
    }

    private static InputStream watched(InputStream bytes, AtomicLong mostHeap) {
        return new FilterInputStream(bytes) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                Runtime runtime = Runtime.getRuntime();
                mostHeap.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
                return super.read(into, offset, length);
            }
        };
    }
}
