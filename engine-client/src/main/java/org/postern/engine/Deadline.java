package org.postern.engine;

import java.time.Duration;

/** The moment by which an answer must be there, on a clock that nobody can set. */
public record Deadline(long nanoTime) {
    /** A deadline that far from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** What is left until then; zero where it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Whether nothing is left. */
    public boolean isOver() {
        return nanoTime - System.nanoTime() <= 0;
    }

    /** This deadline, or the one that far from now where that is earlier. */
    public Deadline orIn(Duration time) {
        Deadline other = in(time);
        return other.nanoTime - nanoTime < 0 ? other : this;
    }
}
