package org.postern.push.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How often it is worth asking the database for what is due: whenever it is asked while there was reason to a moment ago, and
 * now and then anyway, for what another replica gave or left behind.
 */
public final class Alertness {
    private final Duration moment;
    private final Duration anyway;
    private final LongSupplier nanoseconds;
    private final AtomicLong stirredAt;
    private final AtomicLong lookedAt;

    /**
     * @param moment for how long after a reason every look is worth it
     * @param anyway how long after the last look one is worth it without a reason
     * @param nanoseconds a clock that only rises, {@link System#nanoTime}
     */
    public Alertness(Duration moment, Duration anyway, LongSupplier nanoseconds) {
        this.moment = moment;
        this.anyway = anyway;
        this.nanoseconds = nanoseconds;
        // Who has just started looks at once.
        this.stirredAt = new AtomicLong(nanoseconds.getAsLong());
        this.lookedAt = new AtomicLong(nanoseconds.getAsLong());
    }

    /** There is reason to look: something was given to a device, or was due. */
    public void stir() {
        stirredAt.set(nanoseconds.getAsLong());
    }

    /** Whether to look now; who is told so looks. */
    public boolean isWorthLooking() {
        long now = nanoseconds.getAsLong();
        if (now - stirredAt.get() > moment.toNanos() && now - lookedAt.get() < anyway.toNanos()) {
            return false;
        }
        lookedAt.set(now);
        return true;
    }
}
