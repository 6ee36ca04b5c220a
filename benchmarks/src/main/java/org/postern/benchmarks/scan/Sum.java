package org.postern.benchmarks.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What rounds gave together; times in nanoseconds.
 *
 * @param here CPU time of this process
 * @param clamd CPU time of clamd
 * @param surprises the number of each mail that was not clean, and what it was instead
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read once, never compared
record Sum(long items, long nanos, long here, long clamd, List<String> surprises, long[] latencies) {
    Sum plus(Sum other) {
        long[] both = Arrays.copyOf(latencies, latencies.length + other.latencies.length);
        System.arraycopy(other.latencies, 0, both, latencies.length, other.latencies.length);
        List<String> all = new ArrayList<>(surprises);
        all.addAll(other.surprises);
        return new Sum(items + other.items, nanos + other.nanos, here + other.here, clamd + other.clamd, all, both);
    }

    double itemsPerSecond() {
        return items / (nanos / 1e9);
    }

    double millis(double share) {
        long[] sorted = latencies.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))] / 1e6;
    }
}
