package org.postern.message.judgement;

import java.time.Instant;

/**
 * One answer of a service about a message.
 *
 * @param attempt 1 for the first answer, rising
 * @param definite whether it is an answer at all, and not {@code inconclusive}
 * @param at when it was given
 */
public record Fact<R>(int attempt, boolean definite, R result, Instant at) {
    /** Whether it outweighs another: definite beats inconclusive, and among equals the higher attempt wins. */
    boolean outweighs(Fact<R> other) {
        return definite == other.definite ? attempt > other.attempt : definite;
    }
}
