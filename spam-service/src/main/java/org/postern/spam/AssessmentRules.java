package org.postern.spam;

import java.time.Duration;

/**
 * How hard an assessment is tried for.
 *
 * @param deadline what one try may take
 * @param tries failures that are about the message itself after which it is given up
 * @param backoff the pauses between tries
 */
public record AssessmentRules(Duration deadline, int tries, Backoff backoff) {
    public AssessmentRules {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("the deadline (" + deadline + ") must be more than zero");
        }
        if (tries < 1) {
            throw new IllegalArgumentException("tries (" + tries + ") must be 1 or more");
        }
    }
}
