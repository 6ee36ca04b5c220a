package org.postern.message.judgement;

import java.time.Instant;

/**
 * One answer of a service about a message.
 *
 * @param attempt 1 for the first answer, rising; 0 where any other is to outweigh it
 * @param definite whether it is an answer at all, and not {@code inconclusive}
 * @param at when it was given
 */
public record Fact<R>(int attempt, boolean definite, R result, Instant at) {
    /**
     * Whether it outweighs another: definite beats inconclusive, among equals the higher attempt wins, and of the same
     * attempt the later: a message that somebody had looked at again gets its first attempt anew.
     */
    boolean outweighs(Fact<R> other) {
        if (definite != other.definite) {
            return definite;
        }
        return attempt > other.attempt || (attempt == other.attempt && at.isAfter(other.at));
    }
}
