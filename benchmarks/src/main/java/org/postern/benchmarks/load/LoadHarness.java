package org.postern.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands unique mails to the engines alone and to the whole suite, with 1, 4 and 8 clients, and prints throughput, latency
 * and the CPU time of each part for a mail. Everything comes from the environment of {@code ./postern bench}.
 */
public final class LoadHarness {
    private static final long SEED = System.nanoTime();
    private static final int MOST_CLIENTS = 8;
    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;

    private final int mails;
    private final int size;
    private final PartsCpu parts;
    private int mailsHandedIn;

    LoadHarness(int mails, int size, PartsCpu parts) {
        this.mails = mails;
        this.size = size;
        this.parts = parts;
    }

    /**
     * @param args mails of a run, bytes of a mail, then the numbers of clients
     */
    public static void main(String[] args) throws Exception {
        PartsCpu parts = new PartsCpu(Path.of(environment("POSTERN_HOME"), "run"));
        new LoadHarness(Integer.parseInt(args[0]), Integer.parseInt(args[1]), parts)
                .compare(
                        List.of(
                                new EnginesAlone(port("CLAMD"), port("RSPAMD")),
                                new WholeSuite(port("GATEWAY"), port("KEYCLOAK"), secret())),
                        clients(args));
    }

    /** The numbers of clients, which follow the mails and the bytes. */
    static int[] clients(String... args) {
        return Arrays.stream(args).skip(2).mapToInt(Integer::parseInt).toArray();
    }

    /** Measures each target with each number of clients, in turns, and prints what came of it. */
    void compare(List<Target> targets, int... clients) throws Exception {
        // All are warm before any is measured.
        for (Target target : targets) {
            run(target, MOST_CLIENTS);
        }
        List<Measurement> measured = new ArrayList<>();
        for (int atOnce : clients) {
            for (Target target : targets) {
                measured.add(run(target, atOnce));
            }
        }
        print(measured);
    }

    private Measurement run(Target target, int clients) throws Exception {
        UniqueMails unique = new UniqueMails(size, SEED);
        ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
        Map<String, Integer> decisions = new ConcurrentHashMap<>();
        AtomicInteger failures = new AtomicInteger();
        int first = mailsHandedIn;
        mailsHandedIn += mails;
        AtomicInteger next = new AtomicInteger(first);
        Map<String, Long> before = parts.now();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                running.add(threads.submit(() -> {
                    for (int number = next.getAndIncrement(); number < first + mails; number = next.getAndIncrement()) {
                        byte[] mail = unique.mail(number);
                        long handedIn = System.nanoTime();
                        try {
                            decisions.merge(target.decide(mail), 1, Integer::sum);
                            latencies.add(System.nanoTime() - handedIn);
                        } catch (Exception e) {
                            decisions.merge("failed: " + e.getMessage(), 1, Integer::sum);
                            failures.incrementAndGet();
                        }
                    }
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new Measurement(
                target.name(),
                clients,
                mails,
                failures.get(),
                took,
                latencies.stream().mapToLong(Long::longValue).toArray(),
                new TreeMap<>(decisions),
                difference(before, parts.now()));
    }

    private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> difference = new TreeMap<>();
        after.forEach((part, cpu) -> difference.put(part, cpu - before.getOrDefault(part, 0L)));
        return difference;
    }

    private static void print(List<Measurement> measured) {
        System.out.printf(
                "%-8s %7s %8s %8s %8s %8s  %s%n",
                "target", "clients", "mails/s", "p50 ms", "p99 ms", "CPU ms", "decisions");
        Set<String> parts = new LinkedHashSet<>();
        for (Measurement run : measured) {
            parts.addAll(run.cpu().keySet());
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %7d %8.1f %8.1f %8.1f %8.2f  %s%n",
                    run.target(),
                    run.clients(),
                    run.perSecond(),
                    run.milliseconds(MEDIAN),
                    run.milliseconds(P99),
                    run.cpuPerMail(),
                    run.decisions());
        }
        System.out.printf("%nCPU ms a mail, by part%n");
        for (String part : parts) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-10s", part));
            for (Measurement run : measured) {
                line.append(
                        String.format(Locale.ROOT, " %s@%d %.2f", run.target(), run.clients(), run.cpuPerMail(part)));
            }
            System.out.println(line);
        }
    }

    static int port(String part) {
        return Integer.parseInt(environment("POSTERN_" + part + "_PORT"));
    }

    static String secret() throws IOException {
        return Files.readString(Path.of(environment("POSTERN_HOME"), "secrets", "client.secret"))
                .strip();
    }

    static String environment(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set; run this by ./postern bench");
        }
        return value;
    }
}
