package org.postern.engine;

import java.time.Duration;

/**
 * How hard an engine is tried.
 *
 * @param deadline what one try may take
 * @param tries failures that are about the body itself after which it is given up
 * @param backoff the pauses between tries
 */
public record TryRules(Duration deadline, int tries, Backoff backoff) {
    public TryRules {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("the deadline (" + deadline + ") must be more than zero");
        }
        if (tries < 1) {
            throw new IllegalArgumentException("tries (" + tries + ") must be 1 or more");
        }
    }
}
