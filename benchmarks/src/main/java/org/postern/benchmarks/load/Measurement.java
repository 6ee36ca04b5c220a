package org.postern.benchmarks.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * What a run gave.
 *
 * @param target what decided
 * @param clients how many mails were in flight at a time
 * @param mails how many were handed in
 * @param failures how many of them got no decision
 * @param took from the first to the last
 * @param latencies nanoseconds of each decision, ascending
 * @param decisions how often each was made
 * @param cpu milliseconds of CPU time that each part had meanwhile
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read once, never compared
record Measurement(
        String target,
        int clients,
        int mails,
        int failures,
        Duration took,
        long[] latencies,
        Map<String, Integer> decisions,
        Map<String, Long> cpu) {
    Measurement {
        Arrays.sort(latencies);
    }

    double perSecond() {
        return mails * 1e9 / took.toNanos();
    }

    /** Milliseconds within which that share of the mails was decided. */
    double milliseconds(double share) {
        int index = (int) Math.min(latencies.length - 1L, Math.round(share * latencies.length));
        return latencies.length == 0 ? Double.NaN : latencies[index] / 1e6;
    }

    double cpuPerMail(String part) {
        return cpu.getOrDefault(part, 0L) / (double) mails;
    }

    double cpuPerMail() {
        return cpu.values().stream().mapToLong(Long::longValue).sum() / (double) mails;
    }
}
