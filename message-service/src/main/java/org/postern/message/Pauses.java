package org.postern.message;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between tries: they double, and a random half is taken off, so that what failed together does not come back
 * together.
 *
 * @param first the first one
 * @param longest the longest one
 */
public record Pauses(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;

    /** The pause after that many doublings. */
    public Duration after(int doublings) {
        Duration doubled = first.multipliedBy(1L << Math.min(Math.max(doublings, 0), MOST_DOUBLINGS));
        Duration pause = doubled.compareTo(longest) < 0 ? doubled : longest;
        long millis = Math.max(1, pause.toMillis());
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
