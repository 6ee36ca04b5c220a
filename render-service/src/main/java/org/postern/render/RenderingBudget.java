package org.postern.render;

import java.time.Duration;

/**
 * The time a rendering may take. Parsers do not notice interrupts, so every loop over hostile input asks here whether it
 * may go on: what is too expensive ends by itself instead of going on without anybody who waits for it. For use by one
 * thread.
 */
public final class RenderingBudget {
    /** A look at the clock takes longer than most steps. */
    private static final int STEPS_A_LOOK = 32;

    private final Duration time;
    private final long end;
    private int steps;

    private RenderingBudget(Duration time) {
        this.time = time;
        this.end = System.nanoTime() + time.toNanos();
    }

    /** A budget that begins to run now. */
    public static RenderingBudget of(Duration time) {
        return new RenderingBudget(time);
    }

    /**
     * Looks at the clock now and then: for loops over what is small.
     *
     * @throws RenderingException where the time is over
     */
    public void step() {
        if (++steps % STEPS_A_LOOK == 0) {
            check();
        }
    }

    /**
     * Looks at the clock.
     *
     * @throws RenderingException where the time is over
     */
    public void check() {
        if (System.nanoTime() - end > 0) {
            throw new RenderingException(
                    RenderingException.Reason.TOO_EXPENSIVE, "Rendering took longer than " + time.toMillis() + " ms.");
        }
    }
}
