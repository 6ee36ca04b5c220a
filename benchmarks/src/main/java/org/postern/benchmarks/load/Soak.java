package org.postern.benchmarks.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Mails for half an hour, and what the suite holds meanwhile: {@code ./postern soak}. */
public final class Soak {
    private static final double MIB = 1024 * 1024;
    private static final double GROWTH_ALLOWED = 1.1;
    private static final double BYTES_ALLOWED = 4 * MIB;

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger decided = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Map<String, PartsMemory.Held>> samples = new ArrayList<>();

    private Soak() {}

    /** @param args minutes, bytes of a mail, clients */
    public static void main(String[] args) throws Exception {
        Soak soak = new Soak();
        soak.run(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        System.exit(soak.isFlat() && soak.failures.get() == 0 ? 0 : 1);
    }

    private void run(int minutes, int size, int clients) throws Exception {
        Target suite = new WholeSuite(LoadHarness.port("GATEWAY"), LoadHarness.port("KEYCLOAK"), LoadHarness.secret());
        PartsMemory memory = new PartsMemory(Path.of(LoadHarness.environment("POSTERN_HOME"), "run"));
        UniqueMails mails = new UniqueMails(size, System.nanoTime());
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                running.add(threads.submit(() -> handIn(suite, mails)));
            }
            for (int minute = 1; minute <= minutes; minute++) {
                TimeUnit.NANOSECONDS.sleep(Duration.ofMinutes(1).toNanos());
                Map<String, PartsMemory.Held> held = memory.now();
                samples.add(held);
                print(minute, held);
            }
            over.set(true);
            for (Future<?> client : running) {
                client.get();
            }
        }
    }

    private void handIn(Target suite, UniqueMails mails) {
        while (!over.get()) {
            try {
                suite.decide(mails.mail(next.getAndIncrement()));
                decided.incrementAndGet();
            } catch (Exception e) {
                failures.incrementAndGet();
            }
        }
    }

    private void print(int minute, Map<String, PartsMemory.Held> held) {
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%3d min %7d mails %d failed ", minute, decided.get(), failures.get()));
        held.forEach((part, bytes) -> line.append(
                String.format(Locale.ROOT, "  %s %.1f/%.0f", part, bytes.alive() / MIB, bytes.resident() / MIB)));
        System.out.println(line);
    }

    /** The first third is a start: classes, caches and pools come in it. */
    private boolean isFlat() {
        boolean flat = true;
        int third = samples.size() / 3;
        for (String part : new TreeSet<>(samples.getFirst().keySet())) {
            double middle = alive(part, third, samples.size() - third);
            double last = alive(part, samples.size() - third, samples.size());
            boolean grows = last > middle * GROWTH_ALLOWED + BYTES_ALLOWED;
            flat &= !grows;
            System.out.printf(
                    Locale.ROOT,
                    "%-9s alive in the second third %.1f MiB, in the last %.1f MiB: %s%n",
                    part,
                    middle / MIB,
                    last / MIB,
                    grows ? "GROWS" : "flat");
        }
        return flat;
    }

    private double alive(String part, int from, int to) {
        return samples.subList(from, to).stream()
                .filter(sample -> sample.containsKey(part))
                .mapToLong(sample -> sample.get(part).alive())
                .average()
                .orElse(Double.NaN);
    }
}
