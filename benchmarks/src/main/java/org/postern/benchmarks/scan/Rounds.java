package org.postern.benchmarks.scan;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Ways of scanning beside one another, in turns. What was scanned to warm up is not counted: it is where the virtual machine
 * compiles, which a service does once in its life.
 */
final class Rounds {
    private static final int ROUNDS = 5;
    private static final int WARMING_TURN = 100;

    private final Clamd clamd;
    private final StoredMails stored;
    private final Map<String, Scan> ways;

    /** One way of scanning what was made before; the answer in a word, {@code clean} where it is as it must be. */
    interface Scan {
        String scan(StoredMails.Item item) throws Exception;
    }

    /** @param ways the first of them is what the others are compared with */
    Rounds(Clamd clamd, StoredMails stored, Map<String, Scan> ways) {
        this.clamd = clamd;
        this.stored = stored;
        this.ways = new LinkedHashMap<>(ways);
    }

    /** Scans so many mails each way, in turns too, and forgets how long it took. */
    void warm(int size, int mails, int clients) throws Exception {
        for (int left = mails; left > 0; left -= WARMING_TURN) {
            for (Scan way : ways.values()) {
                round(way, size, Math.min(left, WARMING_TURN), clients);
            }
        }
    }

    /** Measures all ways and prints a table. */
    void table(String title, int size, int mails, int clients) throws Exception {
        Map<String, Sum> sums = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Scan> one : ways.entrySet()) {
                sums.merge(one.getKey(), round(one.getValue(), size, mails, clients), Sum::plus);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%n%s, %d of each%n%-15s %9s %9s %9s %14s %14s %9s %9s%n",
                title,
                mails * ROUNDS,
                "",
                "mails/s",
                "p50 ms",
                "p99 ms",
                "CPU ms here",
                "CPU ms clamd",
                "CPU",
                "p50");
        Sum bare = sums.values().iterator().next();
        sums.forEach((name, sum) -> print(name, sum, bare));
    }

    private static void print(String name, Sum sum, Sum bare) {
        System.out.printf(
                Locale.ROOT,
                "%-15s %9.1f %9.2f %9.2f %14.2f %14.2f %8.2fx %8.2fx%s%n",
                name,
                sum.itemsPerSecond(),
                sum.millis(0.5),
                sum.millis(0.99),
                sum.here() / 1e6 / sum.items(),
                sum.clamd() / 1e6 / sum.items(),
                (double) (sum.here() + sum.clamd()) / (bare.here() + bare.clamd()),
                sum.millis(0.5) / bare.millis(0.5),
                sum.surprises().isEmpty() ? "" : "  NOT CLEAN: " + sum.surprises());
    }

    private Sum round(Scan scan, int size, int mails, int clients) throws Exception {
        List<StoredMails.Item> items = new ArrayList<>();
        for (int i = 0; i < mails; i++) {
            items.add(stored.next(size));
        }
        AtomicInteger next = new AtomicInteger();
        ConcurrentLinkedQueue<String> surprises = new ConcurrentLinkedQueue<>();
        AtomicLongArray latencies = new AtomicLongArray(mails);
        long here = processCpu();
        long there = clamd.cpu();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                running.add(threads.submit(() -> {
                    for (int i = next.getAndIncrement(); i < mails; i = next.getAndIncrement()) {
                        long handedIn = System.nanoTime();
                        String answer = scan.scan(items.get(i));
                        latencies.set(i, System.nanoTime() - handedIn);
                        if (!answer.equals("clean")) {
                            surprises.add(items.get(i).number() + " " + answer);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        long took = System.nanoTime() - began;
        long[] all = new long[mails];
        Arrays.setAll(all, latencies::get);
        Sum sum = new Sum(mails, took, processCpu() - here, clamd.cpu() - there, List.copyOf(surprises), all);
        erase(items);
        return sum;
    }

    private void erase(List<StoredMails.Item> items) throws IOException {
        for (StoredMails.Item item : items) {
            stored.erase(item);
        }
    }

    private static long processCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
