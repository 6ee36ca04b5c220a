package org.postern.push.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a push service answered. */
public sealed interface SendResult {
    /** It took the push. */
    record Delivered() implements SendResult {}

    /** The device is no more. */
    record Gone() implements SendResult {}

    /**
     * It will never take this push.
     *
     * @param reason why, as a short stable word without anything personal
     */
    record Refused(String reason) implements SendResult {}

    /**
     * It did not take the push now.
     *
     * @param reason why, as a short stable word without anything personal
     * @param after when to come again, as the push service asked; null where it did not
     * @param atHost whether the whole host is in trouble, and not this one push or device
     */
    record TryLater(String reason, @Nullable Duration after, boolean atHost) implements SendResult {}
}
