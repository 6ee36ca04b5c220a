package org.postern.message;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The time by which something is found too old to be kept: none while the clock cannot be believed. A clock is believed once it
 * has kept pace with the time that passes, which no setting of a clock changes, for a while: one that is set forwards would
 * otherwise make everything old at once, and what was erased cannot be had back. It cannot be believed just after the start
 * either, when a machine may not have asked anybody for the time yet.
 *
 * <p>To be asked often: what it did not see, a jump forth and back between two looks, it cannot know.
 */
public final class SettledClock {
    private static final Duration UNEVEN = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Duration settling;
    private Instant lastTime;
    private long lastNanos;
    private long evenSince;

    /**
     * @param nanoTime the time that passes, in nanoseconds from anywhere ({@link System#nanoTime})
     * @param settling how long the clock has to go evenly before it is believed
     */
    public SettledClock(InstantSource clock, LongSupplier nanoTime, Duration settling) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.settling = settling;
        this.lastTime = clock.instant();
        this.lastNanos = nanoTime.getAsLong();
        this.evenSince = lastNanos;
    }

    /** The time; empty where the clock jumped, or we began, less than a while ago. */
    public synchronized Optional<Instant> now() {
        Instant time = clock.instant();
        long nanos = nanoTime.getAsLong();
        Duration ahead = Duration.between(lastTime, time).minusNanos(nanos - lastNanos);
        if (ahead.abs().compareTo(UNEVEN) > 0) {
            evenSince = nanos;
        }
        lastTime = time;
        lastNanos = nanos;
        return nanos - evenSince < settling.toNanos() ? Optional.empty() : Optional.of(time);
    }
}
