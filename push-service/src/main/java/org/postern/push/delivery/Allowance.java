package org.postern.push.delivery;

import java.time.Duration;

/**
 * How many pushes a device may get over a kind of channel.
 *
 * @param burst how many at once
 * @param refill how long until there may be one more; zero where there is no such limit
 * @param window how long a push waits for more to tell
 * @param longestWindow what the window grows to while a device gets one push after the other
 * @param mostTopics for how many sets of types the channel lets a newer push take the place of an older one
 */
public record Allowance(int burst, Duration refill, Duration window, Duration longestWindow, int mostTopics) {
    public Allowance {
        if (burst < 1 || refill.isNegative() || window.isNegative() || longestWindow.compareTo(window) < 0) {
            throw new IllegalArgumentException("a device must be allowed one push, and a window cannot shrink");
        }
    }

    /** Whether the channel counts pushes at all. */
    boolean isCounted() {
        return refill.isPositive();
    }
}
