package org.postern.benchmarks.door;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What proxies add to an answer while they have half as much to do as they can: all of them, and the origin without any, get
 * the same requests at the same pace, in turns, round after round. What is told is the median of the rounds; what is added
 * is the difference to the origin of the same round.
 */
final class HalfLoad {
    private static final int CONNECTIONS = 64;
    private static final int ROUNDS = 7;
    private static final int WARM_SECONDS = 2;
    private static final double[] PERCENTILES = {50, 99, 99.9};
    private static final OperatingSystemMXBean CPU =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final PrintStream out;
    private final String path;
    private final String token;
    private final double rate;
    private final int seconds;

    /**
     * @param rate requests a second
     * @param seconds of each part in each round
     */
    HalfLoad(PrintStream out, String path, String token, double rate, int seconds) {
        this.out = out;
        this.path = path;
        this.token = token;
        this.rate = rate;
        this.seconds = seconds;
    }

    /**
     * @param millis at each of the percentiles
     * @param bad answers that were not 200
     * @param cpu microseconds of the part for a request
     * @param ownCpu microseconds of this process for a request
     */
    private record Turn(double[] millis, long bad, double cpu, double ownCpu) {}

    /** Measures and prints; the first is what the others stand before. */
    void compare(Part origin, Part... proxies) throws IOException {
        Map<Part, List<Turn>> turns = new LinkedHashMap<>();
        turns.put(origin, new ArrayList<>());
        for (Part proxy : proxies) {
            turns.put(proxy, new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<Part, List<Turn>> part : turns.entrySet()) {
                part.getValue().add(turn(part.getKey()));
            }
        }
        out.printf(
                "at half load: %.0f requests/s evenly spaced, %d connections, from when a request was due;%n"
                        + "median of %d rounds of %d s in turns, milliseconds; asking takes %.0f us of CPU a request%n",
                rate,
                CONNECTIONS,
                ROUNDS,
                seconds,
                median(turns.get(origin).stream().map(Turn::ownCpu).toList()));
        out.printf(
                "%-9s %8s %8s %8s %10s %10s %12s %8s %5s%n",
                "", "p50", "p99", "p99.9", "added p50", "added p99", "added p99.9", "us CPU", "bad");
        turns.forEach((part, own) -> print(part, own, turns.get(origin)));
    }

    private Turn turn(Part part) throws IOException {
        try (PacedLoad load = PacedLoad.open(part.port(), path, token, CONNECTIONS)) {
            load.run(rate, WARM_SECONDS);
            long before = part.cpuMillis();
            long ownBefore = CPU.getProcessCpuTime();
            PacedLoad.Result result = load.run(rate, seconds);
            double requests = rate * seconds;
            double ownCpu = (CPU.getProcessCpuTime() - ownBefore) / 1e3 / requests;
            double cpu = (part.cpuMillis() - before) * 1e3 / requests;
            double[] millis = new double[PERCENTILES.length];
            for (int i = 0; i < millis.length; i++) {
                millis[i] = result.millis(PERCENTILES[i]);
            }
            return new Turn(millis, result.bad(), cpu, ownCpu);
        }
    }

    private void print(Part part, List<Turn> own, List<Turn> direct) {
        double[] told = new double[PERCENTILES.length];
        double[] added = new double[PERCENTILES.length];
        for (int i = 0; i < told.length; i++) {
            int percentile = i;
            told[i] = median(own.stream().map(turn -> turn.millis[percentile]).toList());
            List<Double> differences = new ArrayList<>();
            for (int round = 0; round < own.size(); round++) {
                differences.add(own.get(round).millis[i] - direct.get(round).millis[i]);
            }
            added[i] = median(differences);
        }
        out.printf(
                "%-9s %8.2f %8.2f %8.2f %10.2f %10.2f %12.2f %8.0f %5d%n",
                part.name(),
                told[0],
                told[1],
                told[2],
                added[0],
                added[1],
                added[2],
                median(own.stream().map(Turn::cpu).toList()),
                own.stream().mapToLong(Turn::bad).sum());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
