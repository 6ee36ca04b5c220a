package org.postern.gateway.proxy;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spares a service that does not answer, and its callers the wait: after some failures in a row everything is refused at
 * once for a while, then one request is let through to see. Safe for use by many threads.
 */
final class Breaker {
    private static final int FAILURES = 5;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final LongSupplier nanos;
    private int failures;
    private long openedAt;
    private boolean trying;

    Breaker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether a request may be sent; each that may must be told of by {@link #answered} or {@link #failed}. */
    synchronized boolean lets() {
        if (failures < FAILURES) {
            return true;
        }
        if (trying || nanos.getAsLong() - openedAt < PAUSE.toNanos()) {
            return false;
        }
        trying = true;
        return true;
    }

    /** The service answered, whatever it said. */
    synchronized void answered() {
        failures = 0;
        trying = false;
    }

    /** The service did not answer. */
    synchronized void failed() {
        failures = Math.min(FAILURES, failures + 1);
        trying = false;
        openedAt = nanos.getAsLong();
    }

    /** The client went away before the service could answer: nothing is known of the service. */
    synchronized void abandoned() {
        trying = false;
    }
}
