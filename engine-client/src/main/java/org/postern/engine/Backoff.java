package org.postern.engine;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: doubling from the first pause to the longest, each cut by a random part of up to
 * one half, so that those who wait for the same engine do not come back at once.
 */
public record Backoff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("the first pause (" + first
                    + ") must be more than zero and not above the longest (" + longest + ")");
        }
    }

    /**
     * The pause before a try.
     *
     * @param pauses how many pauses there were before this one
     */
    public Duration pause(int pauses, RandomGenerator random) {
        Duration doubled = first.multipliedBy(1L << Math.min(pauses, MOST_DOUBLINGS));
        Duration whole = doubled.compareTo(longest) > 0 ? longest : doubled;
        return whole.minusNanos(random.nextLong(whole.toNanos() / 2 + 1));
    }
}
