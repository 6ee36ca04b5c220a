package org.postern.push;

import java.time.Duration;

/** Hears of changes that were given to devices. */
@FunctionalInterface
public interface Spreads {
    /**
     * A change was given to devices.
     *
     * @param devices how many have it to hear
     * @param delay how long after the change
     */
    void spread(int devices, Duration delay);
}
